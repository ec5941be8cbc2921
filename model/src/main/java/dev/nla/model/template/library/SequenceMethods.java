package dev.nla.model.template.library;

import dev.nla.model.template.call.Builtin;
import dev.nla.model.template.operation.Representation;
import dev.nla.model.template.operation.ValueComparison;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.TemplateException;
import java.util.List;
import java.util.Map;

/** The methods of lists and tuples that change nothing. */
final class SequenceMethods {
    static final Map<String, Builtin> ALL = Builtin.named(List.of(
            Builtin.of("index(value)", (subject, given, budget) -> {
                List<Object> items = ((Sequence) subject).items();
                for (int i = 0; i < items.size(); i++) {
                    budget.step();
                    if (ValueComparison.equal(items.get(i), given.value("value"), budget)) {
                        return (long) i;
                    }
                }
                throw TemplateException.of("%s is not in list", Representation.repr(given.value("value"), budget));
            }),
            Builtin.of("count(value)", (subject, given, budget) -> {
                long count = 0;
                for (Object item : ((Sequence) subject).items()) {
                    budget.step();
                    count += ValueComparison.equal(item, given.value("value"), budget) ? 1 : 0;
                }
                return count;
            }),
            Builtin.of("copy()", (subject, given, budget) -> subject)));

    private SequenceMethods() {}
}
