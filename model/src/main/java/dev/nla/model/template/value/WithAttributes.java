package dev.nla.model.template.value;

import java.util.Optional;

/** An object of the language itself whose attributes have names: a loop, a namespace, a macro. */
public interface WithAttributes {
    /** The attribute, if there is one. */
    Optional<Object> attribute(String name);
}
