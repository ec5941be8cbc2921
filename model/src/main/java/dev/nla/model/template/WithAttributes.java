package dev.nla.model.template;

import java.util.Optional;

/** An object of the language itself whose attributes have names: a loop, a namespace, a macro. */
interface WithAttributes {
    /** The attribute, if there is one. */
    Optional<Object> attribute(String name);
}
