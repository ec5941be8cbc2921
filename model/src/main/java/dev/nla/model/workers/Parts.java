package dev.nla.model.workers;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The parts of a whole, in their order. A part is built when it is worked on and kept by nobody, so that the numbers of one at a time are in memory,
 * however many there are. It has to come out the same whenever it is built: seeds are drawn before.
 *
 * @param <P> a part
 */
public final class Parts<P> implements Iterable<P> {
    private final int count;
    private final IntFunction<P> part;

    private Parts(int count, IntFunction<P> part) {
        this.count = count;
        this.part = part;
    }

    /** So many parts, each built by its number from 0. */
    public static <P> Parts<P> of(int count, IntFunction<P> part) {
        return new Parts<>(count, part);
    }

    /** A part for each piece of what was cut. */
    public static <C, P> Parts<P> of(List<C> cut, Function<C, P> part) {
        return new Parts<>(cut.size(), i -> part.apply(cut.get(i)));
    }

    /** The parts of all of these, those of the first one first. */
    public static <P> Parts<P> joined(List<Parts<P>> several) {
        List<IntFunction<P>> all = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (Parts<P> parts : several) {
            for (int i = 0; i < parts.count; i++) {
                all.add(parts.part);
                numbers.add(i);
            }
        }
        return new Parts<>(all.size(), i -> all.get(i).apply(numbers.get(i)));
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** All of them, each built when the stream comes to it. */
    public Stream<P> stream() {
        return IntStream.range(0, count).mapToObj(part);
    }

    @Override
    public Iterator<P> iterator() {
        return stream().iterator();
    }
}
