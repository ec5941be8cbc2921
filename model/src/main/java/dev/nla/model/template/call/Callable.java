package dev.nla.model.template.call;

import dev.nla.model.template.value.Budget;

/** A value that can be called. */
public interface Callable {
    /** Its result. */
    Object call(Arguments arguments, Budget budget);
}
