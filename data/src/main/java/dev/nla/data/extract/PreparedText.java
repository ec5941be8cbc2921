package dev.nla.data.extract;

import dev.nla.data.extract.prompt.Prompt;
import dev.nla.data.text.TextRow;

/**
 * A text that is ready for the model.
 *
 * @param source the row it is from
 * @param text the text that fits, the whole or its start
 * @param prompt the text as the model reads it
 * @param positions tokens that give an activation each, ascending; none where the text is too short for those that are skipped
 * @param firstRow number of the dataset row of the first of them; the others follow
 */
public record PreparedText(TextRow source, String text, Prompt prompt, int[] positions, int firstRow) {
    /** Whether the end of the text is left out. */
    public boolean cut() {
        return text.length() < source.text().length();
    }
}
