package dev.nla.exchange;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.injection.Marker;
import dev.nla.model.injection.VerbalizerPrompt;
import dev.nla.model.sidecar.DatasetSidecar;
import dev.nla.model.sidecar.MarkerTokens;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.verbalizer.Explanation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The prompts of kitft's training files, and the token ids that its trainer compares with its tokenizer.
 *
 * @param verbalizer the verbalizer's template with {@code {injection_char}}
 * @param reconstructor the reconstructor's template with {@code {explanation}}, where there is one
 * @param marker the marker with both neighbours
 * @param suffixIds the ids that reconstructor prompts end with; empty where they are not known
 */
public record KitftPrompts(
        String verbalizer, Optional<String> reconstructor, MarkerTokens marker, List<Long> suffixIds) {
    private static final String EXPLANATION_FIELD = "{explanation}";

    /** Refuses templates that Python's {@code str.format}, which kitft fills them with, would read otherwise. */
    public KitftPrompts {
        checkBraces(verbalizer, VerbalizerPrompt.MARKER_FIELD);
        reconstructor.ifPresent(template -> checkBraces(template, EXPLANATION_FIELD));
        suffixIds = List.copyOf(suffixIds);
    }

    private static void checkBraces(String template, String field) {
        String rest = template.replace(field, "");
        if (rest.contains("{") || rest.contains("}")) {
            throw InputException.data(
                    "the prompt \"%s\" has braces besides %s, which kitft's trainer would take for fields: train with"
                            + " another prompt",
                    template.lines().findFirst().orElse(""), field);
        }
    }

    /** The prompts a dataset was imported with, if it was. */
    public static Optional<KitftPrompts> of(DatasetSidecar sidecar) {
        return sidecar.marker()
                .filter(marker ->
                        marker.leftId().isPresent() && marker.rightId().isPresent())
                .flatMap(marker -> sidecar.verbalizerTemplate()
                        .map(template -> new KitftPrompts(
                                template, sidecar.reconstructorTemplate(), marker, sidecar.suffixIds())));
    }

    /**
     * The prompts of adapters, with the token ids that this tokenizer gives them in its chat template, as kitft renders them.
     *
     * @param adapters sidecars of a verbalizer and, where its prompt is wanted, of a reconstructor
     * @param layers blocks of the base model, for the depth that a template may name
     * @throws InputException where none has a verbalizer's prompt, or the tokenizer does not take the marker for one token
     */
    public static KitftPrompts of(List<ModelSidecar> adapters, Tokenizer tokenizer, int layers) {
        ModelSidecar asking = adapters.stream()
                .filter(it -> it.verbalizerTemplate().isPresent() && it.marker().isPresent())
                .findFirst()
                .orElseThrow(() -> InputException.usage(
                        "%s: none of the adapters has a verbalizer's prompt and a marker, which every training stage"
                                + " of kitft's needs: give a verbalizer's folder",
                        Key.of("prompts")));
        int depth = asking.depthPercent()
                .orElseGet(() -> VerbalizerPrompt.depthPercent(asking.layer().orElse(0), layers));
        String template = withoutOpening(asking.verbalizerTemplate().orElseThrow())
                .replace(VerbalizerPrompt.DEPTH_FIELD, String.valueOf(depth));
        VerbalizerPrompt prompt = VerbalizerPrompt.render(
                tokenizer, template, true, asking.marker().orElseThrow().text(), depth);
        Marker marker = prompt.marker();
        if (prompt.prefix().length == 0 || prompt.suffix().length < 2) {
            throw InputException.data(
                    "the marker stands at the edge of the verbalizer's prompt: kitft's trainer needs a token on either side");
        }
        Optional<String> reading = adapters.stream()
                .flatMap(it -> it.reconstructorTemplate().stream())
                .findFirst();
        return new KitftPrompts(
                template,
                reading,
                new MarkerTokens(
                        marker.text(),
                        marker.id(),
                        OptionalLong.of(prompt.prefix()[prompt.prefix().length - 1]),
                        OptionalLong.of(prompt.suffix()[1])),
                reading.map(it -> suffixIds(it, tokenizer)).orElse(List.of()));
    }

    /** kitft's verbalizers write the opening tag themselves. */
    private static String withoutOpening(String template) {
        String ended = template.stripTrailing();
        return ended.endsWith(Explanation.OPENING)
                ? ended.substring(0, ended.length() - Explanation.OPENING.length())
                        .stripTrailing()
                : template;
    }

    /** What always ends the prompt: the tokens behind the description but the first, which may grow together with it. */
    private static List<Long> suffixIds(String template, Tokenizer tokenizer) {
        String suffix = template.substring(template.indexOf(EXPLANATION_FIELD) + EXPLANATION_FIELD.length());
        return Arrays.stream(tokenizer.encode(suffix)).skip(1).boxed().toList();
    }

    /** What a verbalizer is asked, with kitft's placeholder for the marker. */
    String question() {
        return verbalizer.replace(VerbalizerPrompt.MARKER_FIELD, KitftColumns.PLACEHOLDER);
    }

    /** What a reconstructor reads; the template must be there. */
    String reading(String description) {
        return reconstructor.orElseThrow().replace(EXPLANATION_FIELD, description);
    }

    /** Refuses prompts without what this stage cannot do without. */
    void require(KitftStage stage) {
        if (stage == KitftStage.AR_SFT && (reconstructor.isEmpty() || suffixIds.isEmpty())) {
            throw InputException.data(
                    "%s ar_sft needs a reconstructor's prompt that ends in two tokens or more: give an adapter that has"
                            + " one by %s",
                    Key.of("stage"), Key.of("prompts"));
        }
    }
}
