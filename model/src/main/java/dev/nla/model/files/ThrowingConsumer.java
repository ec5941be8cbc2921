package dev.nla.model.files;

import java.io.IOException;

/**
 * Takes a value and may fail at reading or writing.
 *
 * @param <T> what is taken
 */
@FunctionalInterface
public interface ThrowingConsumer<T> {
    /** Takes the value. */
    void accept(T value) throws IOException;
}
