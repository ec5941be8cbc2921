package dev.nla.model.injection;

import dev.nla.model.InputException;
import dev.nla.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;

/**
 * The token whose embedding an activation replaces.
 *
 * @param text one character that is one token
 * @param id its token
 */
public record Marker(String text, long id) {
    /** Tried in turn where none is chosen; each is one token of some common vocabulary and rare in text. */
    public static final List<String> CANDIDATES = List.of("㈎", "●", "◆", "■", "★");

    /** Looks the marker up; it must be exactly one token of this tokenizer. */
    public static Marker of(Tokenizer tokenizer, String text) {
        long[] ids = tokenizer.encode(text);
        if (text.isEmpty() || ids.length != 1) {
            throw InputException.data(
                    "tokens.injection_char is '%s', which this tokenizer splits into %s: choose a marker that is one token",
                    text, Arrays.toString(ids));
        }
        return new Marker(text, ids[0]);
    }

    /** The one place of the marker in a prompt; none or several are refused. */
    public int locate(long[] prompt) {
        int found = -1;
        for (int i = 0; i < prompt.length; i++) {
            if (prompt[i] == id) {
                if (found >= 0) {
                    throw InputException.data(
                            "the marker '%s' (token %d) occurs at positions %d and %d of the prompt: it must occur exactly once",
                            text, id, found, i);
                }
                found = i;
            }
        }
        if (found < 0) {
            throw InputException.data(
                    "the marker '%s' (token %d) does not occur in the prompt as a token of its own: put spaces or tags around {injection_char}",
                    text, id);
        }
        return found;
    }
}
