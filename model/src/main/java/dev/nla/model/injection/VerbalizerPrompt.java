package dev.nla.model.injection;

import dev.nla.model.InputException;
import dev.nla.model.tokenizer.Message;
import dev.nla.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The verbalizer's prompt, the same for every activation of a layer.
 *
 * @param text as the model reads it
 * @param marker the token whose embedding is replaced, as it stands in this prompt
 * @param prefix tokens before the marker
 * @param suffix the marker and all tokens after it
 */
public record VerbalizerPrompt(String text, Marker marker, long[] prefix, long[] suffix) {
    /** Where the marker goes in a template. */
    public static final String MARKER_FIELD = "{injection_char}";
    /** Where the depth of the layer in percent goes, if the template has it. */
    public static final String DEPTH_FIELD = "{depth}";

    /**
     * Fills a template.
     *
     * @param chat whether it is one user message in the model's chat template, followed by the generation prompt
     * @param marker the marker as it is written
     * @param depthPercent depth of the activation's layer
     */
    public static VerbalizerPrompt render(
            Tokenizer tokenizer, String template, boolean chat, String marker, int depthPercent) {
        Filled filled = fill(tokenizer, template, chat, marker, depthPercent);
        return filled.splitAt(Marker.in(tokenizer, marker, filled.tokens));
    }

    /** Fills a template with the first of some markers that is one token of the prompt, exactly once; empty where none is. */
    public static Optional<VerbalizerPrompt> renderFirst(
            Tokenizer tokenizer, String template, boolean chat, List<String> markers, int depthPercent) {
        for (String marker : markers) {
            Filled filled = fill(tokenizer, template, chat, marker, depthPercent);
            if (Marker.standsIn(tokenizer, marker, filled.tokens)) {
                return Optional.of(filled.splitAt(Marker.in(tokenizer, marker, filled.tokens)));
            }
        }
        return Optional.empty();
    }

    /** A template with everything filled in, as text and as tokens. */
    private record Filled(String text, long[] tokens) {
        VerbalizerPrompt splitAt(Marker marker) {
            int at = marker.locate(tokens);
            return new VerbalizerPrompt(
                    text, marker, Arrays.copyOf(tokens, at), Arrays.copyOfRange(tokens, at, tokens.length));
        }
    }

    private static Filled fill(Tokenizer tokenizer, String template, boolean chat, String marker, int depthPercent) {
        if (!template.contains(MARKER_FIELD)) {
            throw InputException.data(
                    "the verbalizer's template has no %s: there is nowhere to inject the activation", MARKER_FIELD);
        }
        String filled = template.replace(MARKER_FIELD, marker).replace(DEPTH_FIELD, String.valueOf(depthPercent));
        String text = chat ? tokenizer.chatTemplate().render(List.of(new Message("user", filled)), true) : filled;
        return new Filled(text, chat ? tokenizer.encode(text) : tokenizer.encodeWithSpecials(text));
    }

    /** Depth of block {@code layer} in percent: {@code round(100 (layer + 0.5) / layers)}. */
    public static int depthPercent(int layer, int layers) {
        return (int) Math.round(100 * (layer + 0.5) / layers);
    }

    /** Position of the marker, counted in tokens from 0. */
    public int markerPosition() {
        return prefix.length;
    }

    /** Refuses a prompt whose marker stands between other tokens than a sidecar says. */
    public void checkNeighbours(long left, long right) {
        long foundLeft = prefix.length == 0 ? -1 : prefix[prefix.length - 1];
        long foundRight = suffix.length < 2 ? -1 : suffix[1];
        if (foundLeft != left || foundRight != right) {
            throw InputException.data(
                    "nla_meta.yaml: tokens.injection_left_neighbor_id and injection_right_neighbor_id are %d and %d, but around the marker this tokenizer gives %d and %d: the template or the tokenizer is not the adapter's",
                    left, right, foundLeft, foundRight);
        }
    }
}
