package dev.nla.model;

import java.util.Optional;
import java.util.function.Function;

/**
 * Something the user gave is wrong: a file, a setting, a flag. The message is one line that names the file, the key and the value,
 * says what was expected and how to put it right; it is shown without a stack trace. Arguments of a message that are a {@link Key} are
 * written as whoever shows it names them.
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
    private final KeyedText text;

    private InputException(Kind kind, KeyedText text, Throwable cause) {
        super(text.toString(), cause);
        this.kind = kind;
        this.text = text;
    }

    /** A wrong flag or setting. */
    public static InputException usage(String format, Object... arguments) {
        return new InputException(Kind.USAGE, KeyedText.of(format, arguments), null);
    }

    /** A wrong file or dataset. */
    public static InputException data(String format, Object... arguments) {
        return new InputException(Kind.DATA, KeyedText.of(format, arguments), null);
    }

    /** A file that could not be read or written; the cause is kept for {@code --stacktrace}. */
    public static InputException data(Throwable cause, String format, Object... arguments) {
        return new InputException(Kind.DATA, KeyedText.of(format, arguments), cause);
    }

    /** The message with every key written by {@code words}; {@link #getMessage()} has them by their names. */
    public String message(Function<Key, String> words) {
        return text.text(words);
    }

    /** The first key that the message names, where it names one as such. */
    public Optional<Key> key() {
        return text.key();
    }

    /** What was wrong. */
    public Kind kind() {
        return kind;
    }
}
