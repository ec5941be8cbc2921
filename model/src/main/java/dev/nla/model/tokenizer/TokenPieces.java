package dev.nla.model.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What each token adds to a text, so that the pieces join to the whole of it. */
public final class TokenPieces {
    /** Tokens before one that its text may depend on: letters of several bytes are split over up to four. */
    private static final int CONTEXT = 4;

    private static final String INCOMPLETE = "\uFFFD";

    private TokenPieces() {}

    /** The piece of each token; one that ends in the middle of a letter adds nothing, and the last of that letter adds all of it. */
    public static List<String> of(Tokenizer tokenizer, long[] ids) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            int begin = Math.max(0, i - CONTEXT);
            String before = whole(tokenizer.decode(Arrays.copyOfRange(ids, begin, i), false));
            String with = whole(tokenizer.decode(Arrays.copyOfRange(ids, begin, i + 1), false));
            pieces.add(with.startsWith(before) ? with.substring(before.length()) : with);
        }
        return pieces;
    }

    /** A text up to its last whole letter. */
    public static String whole(String text) {
        String cut = text;
        while (cut.endsWith(INCOMPLETE)) {
            cut = cut.substring(0, cut.length() - 1);
        }
        return cut;
    }
}
