package dev.nla.model.template.value;

/** A template cannot be read or rendered. The message is one line in Jinja's terms, without the file's name. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 300;

    private final int line;
    private final boolean raised;

    private TemplateException(String message, int line, boolean raised) {
        super(shortened(message));
        this.line = line;
        this.raised = raised;
    }

    /** An error at a place that only the caller knows. */
    public static TemplateException of(String format, Object... arguments) {
        return at(0, format, arguments);
    }

    /** An error at a line. */
    public static TemplateException at(int line, String format, Object... arguments) {
        return new TemplateException(String.format(format, arguments), line, false);
    }

    /** What the template itself says of a conversation that it refuses. */
    public static TemplateException raised(String message) {
        return new TemplateException(message, 0, true);
    }

    /** A template made this language fail in a way that nobody thought of: it is refused as any other that cannot be computed. */
    public static TemplateException unforeseen(int line, RuntimeException cause) {
        TemplateException unforeseen = at(line, "it cannot be computed here");
        unforeseen.initCause(cause);
        return unforeseen;
    }

    /** The same error with its line, unless it has one. */
    public TemplateException located(int line) {
        if (this.line > 0) {
            return this;
        }
        TemplateException located = new TemplateException(getMessage(), line, raised);
        located.setStackTrace(getStackTrace());
        return located;
    }

    /** The line of the template, counted from 1. */
    public int line() {
        return line;
    }

    /** Whether the template called {@code raise_exception}, that is, refuses the conversation. */
    public boolean raised() {
        return raised;
    }

    private static String shortened(String message) {
        String line = message.lines().findFirst().orElse("no reason given");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
