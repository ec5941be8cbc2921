package dev.nla.model.template.value;

/** Python's {@code None}. */
public enum None {
    /** The only one. */
    NONE
}
