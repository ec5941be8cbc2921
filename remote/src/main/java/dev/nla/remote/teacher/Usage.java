package dev.nla.remote.teacher;

/**
 * Tokens that were paid for.
 *
 * @param input of prompts
 * @param output of answers
 */
public record Usage(long input, long output) {
    /** No tokens. */
    public static final Usage NONE = new Usage(0, 0);

    /** The sum. */
    public Usage plus(Usage other) {
        return new Usage(input + other.input, output + other.output);
    }

    /** The difference. */
    public Usage minus(Usage other) {
        return new Usage(input - other.input, output - other.output);
    }
}
