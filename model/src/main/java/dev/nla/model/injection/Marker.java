package dev.nla.model.injection;

import dev.nla.model.InputException;
import dev.nla.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The token whose embedding an activation replaces. Which token that is shows only in a prompt: tokenizers of the SentencePiece kind put
 * a blank (▁) in front of a text, so that a character alone comes out as two tokens, or as another one than between its neighbours.
 *
 * @param text the marker as it is written
 * @param id its token
 */
public record Marker(String text, long id) {
    /** Tried in turn where none is chosen; each is one token of some common vocabulary and rare in text. */
    public static final List<String> CANDIDATES = List.of("㈎", "●", "◆", "■", "★");

    /**
     * The marker as it stands in a prompt.
     *
     * @param prompt the rendered prompt's tokens, in which the marker must be one token, exactly once
     */
    public static Marker in(Tokenizer tokenizer, String text, long[] prompt) {
        int[] places = places(tokenizer, text, prompt);
        if (places.length == 0) {
            throw absent(tokenizer, text);
        }
        if (places.length > 1) {
            throw InputException.data(
                    "the marker '%s' (token %d) occurs at positions %d and %d of the prompt: it must occur exactly once",
                    text, prompt[places[0]], places[0], places[1]);
        }
        return new Marker(text, prompt[places[0]]);
    }

    /** Whether the marker is one token of a prompt, exactly once. */
    public static boolean standsIn(Tokenizer tokenizer, String text, long[] prompt) {
        return places(tokenizer, text, prompt).length == 1;
    }

    /** The marker as it stands last in a prompt, which may name it before. */
    public static Marker lastIn(Tokenizer tokenizer, String text, long[] prompt) {
        int[] places = places(tokenizer, text, prompt);
        if (places.length == 0) {
            throw absent(tokenizer, text);
        }
        return new Marker(text, prompt[places[places.length - 1]]);
    }

    /** Where in a prompt a token stands that is the marker and nothing else but blanks around it; ascending. */
    private static int[] places(Tokenizer tokenizer, String text, long[] prompt) {
        int[] places = spelled(tokenizer, text, prompt);
        return places.length > 1 ? preferAlone(tokenizer.encode(text), prompt, places) : places;
    }

    private static int[] spelled(Tokenizer tokenizer, String text, long[] prompt) {
        return IntStream.range(0, prompt.length)
                .filter(i -> isMarker(tokenizer, text, prompt[i]))
                .toArray();
    }

    /** Where a prompt also names the marker behind a blank, as another token, the one that the character alone gives is meant. */
    private static int[] preferAlone(long[] alone, long[] prompt, int[] places) {
        int[] found = Arrays.stream(places)
                .filter(place -> alone.length == 1 && prompt[place] == alone[0])
                .toArray();
        return found.length == 1 ? found : places;
    }

    private static boolean isMarker(Tokenizer tokenizer, String text, long id) {
        return !text.isBlank()
                && tokenizer.decode(new long[] {id}, false).strip().equals(text.strip());
    }

    private static InputException absent(Tokenizer tokenizer, String text) {
        long[] alone = tokenizer.encode(text);
        if (spelled(tokenizer, text, alone).length == 0) {
            return InputException.data(
                    "the marker '%s' is no token of this tokenizer, which splits it into %s: choose a marker that is one token",
                    text, Arrays.toString(alone));
        }
        return InputException.data(
                "the marker '%s' does not occur in the prompt as a token of its own: put spaces or tags around %s",
                text, VerbalizerPrompt.MARKER_FIELD);
    }

    /** The place of the marker in a prompt it was found in. */
    public int locate(long[] prompt) {
        return IntStream.range(0, prompt.length)
                .filter(i -> prompt[i] == id)
                .findFirst()
                .orElseThrow(
                        () -> InputException.data("the marker '%s' (token %d) does not occur in the prompt", text, id));
    }
}
