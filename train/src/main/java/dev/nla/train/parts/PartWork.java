package dev.nla.train.parts;

import java.util.List;

/**
 * Work on one part of a step: a pure function of the weights as they are and of the part, which carries the seed of all that is drawn. It
 * leaves nothing behind in the weights.
 *
 * @param <P> a part
 * @param <R> what becomes of it
 */
@FunctionalInterface
public interface PartWork<P, R> {
    /** The answer for one part. */
    R on(P part);

    /** The answers for parts, in their order. */
    default List<R> onAll(Parts<P> parts) {
        return parts.stream().map(this::on).toList();
    }
}
