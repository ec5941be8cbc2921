package dev.nla.model.template.library;

import dev.nla.model.template.call.Builtin;
import dev.nla.model.template.value.Dict;
import dev.nla.model.template.value.None;
import dev.nla.model.template.value.Sequence;
import java.util.List;
import java.util.Map;

/** The methods of mappings that change nothing. */
final class DictMethods {
    static final Map<String, Builtin> ALL = Builtin.named(List.of(
            Builtin.of("get(key, default)", (dict, given, budget) -> ((Dict) dict)
                    .get(given.value("key"))
                    .orElse(given.value("default", None.NONE))),
            view("keys", Sequence.Kind.KEYS),
            view("values", Sequence.Kind.VALUES),
            view("items", Sequence.Kind.ITEMS),
            Builtin.of("copy()", (dict, given, budget) -> {
                budget.cells(2L * ((Dict) dict).size());
                Dict copy = new Dict();
                ((Dict) dict).entries().forEach(entry -> copy.put(entry.getKey(), entry.getValue()));
                return copy;
            })));

    private DictMethods() {}

    private static Builtin view(String name, Sequence.Kind kind) {
        return Builtin.of(name + "()", (subject, given, budget) -> {
            Dict dict = (Dict) subject;
            budget.cells(2L * dict.size());
            return new Sequence(
                    kind,
                    switch (kind) {
                        case KEYS -> dict.keys();
                        case VALUES -> dict.values();
                        default -> dict.items();
                    });
        });
    }
}
