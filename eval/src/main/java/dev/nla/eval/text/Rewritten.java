package dev.nla.eval.text;

/**
 * A description that was changed.
 *
 * @param text what it became; may be empty
 * @param replaced places that changed
 * @param replaceable places that could have changed
 */
public record Rewritten(String text, int replaced, int replaceable) {
    /** Checks the numbers. */
    public Rewritten {
        if (replaced < 0 || replaced > replaceable) {
            throw new IllegalArgumentException(replaced + " of " + replaceable + " places replaced");
        }
    }
}
