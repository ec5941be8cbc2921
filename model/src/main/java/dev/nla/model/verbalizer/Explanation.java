package dev.nla.model.verbalizer;

/** What a verbalizer generated, read: a description, or the reason why there is none. */
public sealed interface Explanation {
    /** The tag a description may begin with; it stands in the prompt or is written by the model. */
    String OPENING = "<explanation>";

    /** The tag every description must end with. */
    String CLOSING = "</explanation>";

    /** Why a generated text holds no description. */
    enum Defect {
        /** It stopped before the closing tag. */
        UNCLOSED,
        /** There is nothing between the tags. */
        EMPTY,
        /** The marker's character is inside, which would be taken for an injected activation. */
        MARKER_INSIDE
    }

    /**
     * A description.
     *
     * @param text without tags and outer blanks; never empty
     */
    record Readable(String text) implements Explanation {}

    /**
     * No description.
     *
     * @param defect the reason
     */
    record Unreadable(Defect defect) implements Explanation {}

    /**
     * Reads a generated text up to the first closing tag, and from the last opening tag before it where there is one.
     *
     * @param generated the decoded response
     * @param marker the injection marker, which may not occur in a description; not empty
     */
    static Explanation read(String generated, String marker) {
        int end = generated.indexOf(CLOSING);
        if (end < 0) {
            return new Unreadable(Defect.UNCLOSED);
        }
        int opening = generated.lastIndexOf(OPENING, end);
        String text = generated
                .substring(opening < 0 ? 0 : opening + OPENING.length(), end)
                .strip();
        if (text.isEmpty()) {
            return new Unreadable(Defect.EMPTY);
        }
        return text.contains(marker) ? new Unreadable(Defect.MARKER_INSIDE) : new Readable(text);
    }
}
