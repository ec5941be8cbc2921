package dev.nla.serve.engine;

import dev.nla.model.tokenizer.TokenPieces;
import java.util.List;

/** What of a text may be shown while it is still being written. */
final class ShownText {
    private ShownText() {}

    /** The text without an end that may yet become one of some sequences which are not to be seen, or that is half a letter. */
    static String shown(String text, List<String> unseen) {
        String whole = TokenPieces.whole(text);
        int keep = whole.length();
        for (String sequence : unseen) {
            int longest = Math.min(sequence.length() - 1, whole.length());
            for (int length = longest; length > 0; length--) {
                if (whole.endsWith(sequence.substring(0, length))) {
                    keep = Math.min(keep, whole.length() - length);
                    break;
                }
            }
        }
        return whole.substring(0, keep);
    }
}
