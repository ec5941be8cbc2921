package dev.nla.model.template;

/** Python's {@code None}. */
enum None {
    /** The only one. */
    NONE
}
