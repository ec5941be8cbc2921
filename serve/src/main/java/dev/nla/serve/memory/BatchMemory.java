package dev.nla.serve.memory;

import dev.nla.model.process.ProcessMemory;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * What is left for batches of what the process may have, looked at once everything is loaded: less what Java may yet take, what the tokenizer
 * takes beside Java, the stacks of all threads, and some for everything else.
 *
 * @param process what the system says
 * @param most bytes that the process may hold, in place of what machine and control groups say
 * @param threads that may come yet
 * @param maxBodyBytes most bytes of a body
 */
public record BatchMemory(ProcessMemory process, OptionalLong most, int threads, long maxBodyBytes)
        implements LongSupplier {
    /** Compiled code, classes, pages that the allocator keeps, and what torch's libraries take for themselves. */
    static final long OTHER = 128L << 20;

    /** Address space of a thread, of which it holds a little. */
    private static final long STACK = 1L << 20;

    private static final long STACK_HELD = 96L << 10;

    /** Bytes that the tokenizer takes beside Java for each byte of a text. */
    private static final long TOKENIZED = 150;

    /** Bytes that a batch may take; not positive where there is no room, and {@link Long#MAX_VALUE} where nothing is known. */
    @Override
    public long getAsLong() {
        Runtime java = Runtime.getRuntime();
        long used = java.totalMemory() - java.freeMemory();
        return bytes(java.maxMemory(), java.maxMemory() - used);
    }

    /**
     * The same beside a Java of some size.
     *
     * @param heap Java's largest size
     * @param growth bytes of it that may not be held yet
     */
    long bytes(long heap, long growth) {
        long tokenized = Math.max(heap / 4, TOKENIZED * maxBodyBytes);
        LongStream held = free().stream().map(free -> free - growth - tokenized - threads * STACK_HELD - OTHER);
        // Address space is taken in pieces that do not always fit one behind the other, and Java has all of its own.
        LongStream mapped =
                process.addresses().stream().map(free -> (free - tokenized - threads * STACK - OTHER) * 2 / 3);
        return LongStream.concat(held, mapped).min().orElse(Long.MAX_VALUE);
    }

    private OptionalLong free() {
        OptionalLong held = process.held();
        return most.isPresent() && held.isPresent()
                ? OptionalLong.of(most.getAsLong() - held.getAsLong())
                : process.free();
    }
}
