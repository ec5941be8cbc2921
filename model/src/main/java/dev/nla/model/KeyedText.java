package dev.nla.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A text in which keys stand that are written in one way or another: {@code layer} in a program, {@code --layer} on a command line. */
public final class KeyedText implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String format;
    private final Object[] arguments;

    private KeyedText(String format, Object[] arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    /**
     * A text.
     *
     * @param format as in {@link String#format}
     * @param arguments values; a {@link Key}, another such text and an {@link InputException} are written with the keys of all
     */
    public static KeyedText of(String format, Object... arguments) {
        return new KeyedText(format, arguments.clone());
    }

    /** The text with every key written by {@code words}. */
    public String text(Function<Key, String> words) {
        return String.format(
                format,
                Arrays.stream(arguments).map(each -> written(each, words)).toArray());
    }

    private static Object written(Object argument, Function<Key, String> words) {
        if (argument instanceof Key key) {
            return words.apply(key);
        }
        if (argument instanceof KeyedText text) {
            return text.text(words);
        }
        return argument instanceof InputException failure ? failure.message(words) : argument;
    }

    /** The first key in it, where there is one. */
    public Optional<Key> key() {
        return Arrays.stream(arguments).flatMap(KeyedText::keys).findFirst();
    }

    private static Stream<Key> keys(Object argument) {
        if (argument instanceof Key key) {
            return Stream.of(key);
        }
        if (argument instanceof KeyedText text) {
            return text.key().stream();
        }
        return argument instanceof InputException failure ? failure.key().stream() : Stream.empty();
    }

    /** The same with whatever only its text matters of as that text: arguments may be anything, such as paths. */
    private Object writeReplace() {
        return new KeyedText(
                format, Arrays.stream(arguments).map(KeyedText::writable).toArray());
    }

    private static Object writable(Object argument) {
        boolean asItIs = argument instanceof Number
                || argument instanceof Character
                || argument instanceof Boolean
                || argument instanceof Key
                || argument instanceof KeyedText
                || argument instanceof InputException;
        return asItIs ? argument : String.valueOf(argument);
    }

    /** The text with the keys by their names. */
    @Override
    public String toString() {
        return text(Key::name);
    }
}
