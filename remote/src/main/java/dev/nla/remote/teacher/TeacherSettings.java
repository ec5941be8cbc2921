package dev.nla.remote.teacher;

import dev.nla.model.InputException;
import dev.nla.model.Key;

/**
 * How much is asked.
 *
 * @param concurrency requests under way at once
 * @param answers how many answers a text gets, over all runs, until one can be read
 * @param giveUpAfter so many texts in a row without a description end the run; 0 for never
 */
public record TeacherSettings(int concurrency, int answers, int giveUpAfter) {
    /**
     * Checks the numbers.
     *
     * @throws InputException (usage) where one is too small
     */
    public TeacherSettings {
        if (concurrency < 1 || concurrency > 1000) {
            throw InputException.usage("%s %d: 1 to 1000 was expected", Key.of("concurrency"), concurrency);
        }
        if (answers < 1) {
            throw InputException.usage("%s %d: at least 1 was expected", Key.of("answers_per_text"), answers);
        }
        if (giveUpAfter < 0) {
            throw InputException.usage("%s %d: at least 0 was expected", Key.of("give_up_after"), giveUpAfter);
        }
    }
}
