package dev.nla.model.template;

import java.util.List;
import java.util.Map;

/** The methods of lists and tuples that change nothing. */
final class SequenceMethods {
    static final Map<String, Builtin> ALL = Builtin.named(List.of(
            Builtin.of("index(value)", (subject, given, run) -> {
                List<Object> items = ((Sequence) subject).items();
                for (int i = 0; i < items.size(); i++) {
                    run.budget().step();
                    if (Comparison.equal(items.get(i), given.value("value"), run.budget())) {
                        return (long) i;
                    }
                }
                throw TemplateException.of(
                        "%s is not in list", Representation.repr(given.value("value"), run.budget()));
            }),
            Builtin.of("count(value)", (subject, given, run) -> {
                long count = 0;
                for (Object item : ((Sequence) subject).items()) {
                    run.budget().step();
                    count += Comparison.equal(item, given.value("value"), run.budget()) ? 1 : 0;
                }
                return count;
            }),
            Builtin.of("copy()", (subject, given, run) -> subject)));

    private SequenceMethods() {}
}
