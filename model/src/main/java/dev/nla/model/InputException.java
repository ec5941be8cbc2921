package dev.nla.model;

/**
 * Something the user gave is wrong: a file, a setting, a flag. The message is one line that names the file, the key and the value,
 * says what was expected and how to put it right; it is shown without a stack trace.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What was wrong, which decides the exit code. */
    public enum Kind {
        /** A flag or a setting: exit code 2. */
        USAGE,
        /** A file, a checkpoint, a dataset: exit code 1. */
        DATA
    }

    private final Kind kind;

    private InputException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** A wrong flag or setting. */
    public static InputException usage(String format, Object... arguments) {
        return new InputException(Kind.USAGE, String.format(format, arguments), null);
    }

    /** A wrong file or dataset. */
    public static InputException data(String format, Object... arguments) {
        return new InputException(Kind.DATA, String.format(format, arguments), null);
    }

    /** A file that could not be read or written; the cause is kept for {@code --stacktrace}. */
    public static InputException data(Throwable cause, String format, Object... arguments) {
        return new InputException(Kind.DATA, String.format(format, arguments), cause);
    }

    /** What was wrong. */
    public Kind kind() {
        return kind;
    }
}
