package dev.nla.model.template.library;

import dev.nla.model.template.call.Builtin;
import dev.nla.model.template.value.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All filters by name. */
public final class Filters {
    private static final Map<String, Builtin> ALL = all();

    private Filters() {}

    private static Map<String, Builtin> all() {
        List<Builtin> all = new ArrayList<>(TextFilters.all());
        all.addAll(SequenceFilters.all());
        all.addAll(ItemFilters.all());
        all.addAll(NumberFilters.all());
        return Builtin.named(all);
    }

    /**
     * The filter of a name.
     *
     * @throws TemplateException when there is none
     */
    public static Builtin named(String name) {
        Builtin filter = ALL.get(name);
        if (filter == null) {
            throw TemplateException.of("No filter named '%s'.", name);
        }
        return filter;
    }

    /** Whether there is a filter of this name. */
    static boolean has(Object name) {
        return name instanceof String && ALL.containsKey(name);
    }

    /** One filter under several names. */
    static List<Builtin> also(List<String> names, String parameters, Builtin.Body body) {
        return names.stream().map(name -> Builtin.of(name + parameters, body)).toList();
    }
}
