package dev.nla.model.template.value;

import java.util.Iterator;

/** A value whose items can be gone through once, as Python's iterators. */
public interface SinglePass {
    /** The items that nobody has taken. */
    Iterator<Object> take();
}
