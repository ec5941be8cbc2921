package dev.nla.model.workers;

/**
 * Work on one part of a whole: a pure function of the weights as they are and of the part, which carries the seed of all that is drawn. It
 * leaves nothing behind in the weights. Work is a record, and so are parts and answers: what they are made of can be carried to another
 * process, see {@link dev.nla.model.workers.apart}.
 *
 * @param <P> a part
 * @param <R> what becomes of it
 */
@FunctionalInterface
public interface PartWork<P, R> {
    /** The answer for one part. */
    R on(P part);
}
