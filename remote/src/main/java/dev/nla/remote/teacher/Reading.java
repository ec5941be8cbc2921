package dev.nla.remote.teacher;

/** What an answer says. */
sealed interface Reading {
    /**
     * A description.
     *
     * @param text as it is stored: without tags, not empty
     */
    record Readable(String text) implements Reading {}

    /**
     * No description.
     *
     * @param reason why not, for people
     */
    record Unreadable(String reason) implements Reading {}
}
