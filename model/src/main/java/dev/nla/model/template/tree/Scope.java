package dev.nla.model.template.tree;

import dev.nla.model.template.value.Undefined;
import java.util.HashMap;
import java.util.Map;

/** Variables of one part of a template; what it does not set is looked up in the part around it. */
public final class Scope {
    private final Scope around;
    private final Map<String, Object> names = new HashMap<>();

    private Scope(Scope around) {
        this.around = around;
    }

    /** The outermost, with what a rendering is given. */
    public static Scope of(Map<String, Object> names) {
        Scope scope = new Scope(null);
        scope.names.putAll(names);
        return scope;
    }

    Scope inner() {
        return new Scope(this);
    }

    void set(String name, Object value) {
        names.put(name, value);
    }

    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.around) {
            Object value = scope.names.get(name);
            if (value != null) {
                return value;
            }
        }
        return Undefined.name(name);
    }
}
