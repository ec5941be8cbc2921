package dev.nla.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * How often the regular expressions of a tokenizer step back at most while they look for one match, judged from their text alone. The library
 * ends the process where an expression steps back more than ten million times.
 *
 * @param perCharacter times for each character of the text; infinite where that is not known to be so few, as of {@code (a+)+$}
 */
record Backtracking(double perCharacter) {
    /** Below what the library allows, which counts a little more than is counted here. */
    private static final double MOST = 9e6;

    private static final List<String> PARTS =
            List.of(TokenizerParts.NORMALIZER, TokenizerParts.PRE_TOKENIZER, TokenizerParts.DECODER);

    /** The most of all expressions in a file. */
    static Backtracking of(TokenizerParts file) {
        double most = 0;
        for (String part : PARTS) {
            most = Math.max(most, file.part(part).map(Backtracking::most).orElse(0.0));
        }
        return new Backtracking(most);
    }

    /** Whether no text whatever can be trusted to it. */
    boolean unbounded() {
        return Double.isInfinite(perCharacter);
    }

    /** Whether a text of so many characters cannot make it step back too often. */
    boolean bears(double characters) {
        return perCharacter == 0 || perCharacter * characters <= MOST;
    }

    private static double most(JsonNode part) {
        double most = 0;
        for (JsonNode each : part) {
            most = Math.max(most, most(each));
        }
        JsonNode expression = part.path("Regex");
        return expression.isTextual() ? Math.max(most, RegularExpression.perCharacter(expression.asText())) : most;
    }
}
