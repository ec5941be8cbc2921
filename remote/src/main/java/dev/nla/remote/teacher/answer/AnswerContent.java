package dev.nla.remote.teacher.answer;

/** What an answer says. */
public sealed interface AnswerContent {
    /**
     * A description.
     *
     * @param text as it is stored: without tags, not empty
     */
    record Readable(String text) implements AnswerContent {}

    /**
     * No description.
     *
     * @param reason why not, for people
     */
    record Unreadable(String reason) implements AnswerContent {}
}
