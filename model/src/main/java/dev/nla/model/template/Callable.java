package dev.nla.model.template;

/** A value that can be called. */
interface Callable {
    /** Its result. */
    Object call(Arguments arguments, Budget budget);
}
