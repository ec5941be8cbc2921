package dev.nla.model.template.library;

import dev.nla.model.template.call.Arguments;
import dev.nla.model.template.call.Builtin;
import dev.nla.model.template.call.Given;
import dev.nla.model.template.operation.Iteration;
import dev.nla.model.template.operation.Representation;
import dev.nla.model.template.operation.ValueComparison;
import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.Dict;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.Stream;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import dev.nla.model.template.value.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Filters that choose among items or look into them. */
final class ItemFilters {
    private ItemFilters() {}

    static List<Builtin> all() {
        List<Builtin> all = new ArrayList<>();
        all.addAll(Filters.also(
                List.of("default", "d"),
                "(default_value, boolean)",
                (value, given, budget) -> value instanceof Undefined || given.flag("boolean") && !Types.truth(value)
                        ? given.value("default_value", "")
                        : value));
        all.add(Builtin.of(
                "attr(name)", (value, given, budget) -> Attributes.own(Undefined.defined(value), given.text("name"))
                        .orElseGet(() -> Undefined.attribute(value, given.text("name")))));
        all.add(Builtin.of("items()", (value, given, budget) -> {
            if (value instanceof Undefined) {
                return new Stream(List.of());
            }
            if (!(value instanceof Dict dict)) {
                throw TemplateException.of("Can only get item pairs from a mapping.");
            }
            budget.cells(2L * dict.size());
            return new Stream(dict.items());
        }));
        all.add(Builtin.of("dictsort(case_sensitive, by, reverse)", (value, given, budget) -> {
            if (!(value instanceof Dict dict)) {
                throw TemplateException.of("dictsort needs a mapping, not %s", Types.name(value));
            }
            List<Object> items = dict.items();
            int part = given.text("by", "key").equals("value") ? 1 : 0;
            UnaryOperator<Object> key = Keys.of(given, budget);
            SequenceFilters.sort(
                    items, item -> key.apply(((Sequence) item).items().get(part)), given.flag("reverse"), budget);
            return Sequence.list(items);
        }));
        all.add(Builtin.of("groupby(attribute, default, case_sensitive)", ItemFilters::grouped));
        all.add(Builtin.of("map(*)", ItemFilters::mapped));
        all.add(Builtin.of("select(*)", (value, given, budget) -> chosen(value, given.all(), true, false, budget)));
        all.add(Builtin.of("reject(*)", (value, given, budget) -> chosen(value, given.all(), false, false, budget)));
        all.add(Builtin.of("selectattr(*)", (value, given, budget) -> chosen(value, given.all(), true, true, budget)));
        all.add(Builtin.of("rejectattr(*)", (value, given, budget) -> chosen(value, given.all(), false, true, budget)));
        return all;
    }

    private static Object grouped(Object value, Given given, Budget budget) {
        List<Object> items = Iteration.list(value, budget);
        UnaryOperator<Object> plain = item -> {
            Object key = Keys.at(item, given.value("attribute"), budget);
            return key instanceof Undefined && given.values().containsKey("default") ? given.value("default") : key;
        };
        UnaryOperator<Object> folded = item -> {
            Object key = plain.apply(item);
            return key instanceof String text && !given.flag("case_sensitive")
                    ? text.toLowerCase(java.util.Locale.ROOT)
                    : key;
        };
        SequenceFilters.sort(items, folded, false, budget);
        List<Object> groups = new ArrayList<>();
        List<Object> group = new ArrayList<>();
        for (Object item : items) {
            if (!group.isEmpty() && !ValueComparison.equal(folded.apply(group.get(0)), folded.apply(item), budget)) {
                groups.add(group(plain.apply(group.get(0)), group));
                group = new ArrayList<>();
            }
            group.add(item);
        }
        if (!group.isEmpty()) {
            groups.add(group(plain.apply(group.get(0)), group));
        }
        return Sequence.list(groups);
    }

    private static Sequence group(Object grouper, List<Object> items) {
        return new Sequence(Sequence.Kind.GROUP, List.of(grouper, Sequence.list(items)));
    }

    private static Object mapped(Object value, Given given, Budget budget) {
        Arguments all = given.all();
        List<Object> mapped = new ArrayList<>();
        for (Object item : Iteration.list(value, budget)) {
            if (all.positional().isEmpty()) {
                Object part = Keys.at(item, given.value("attribute"), budget);
                mapped.add(part instanceof Undefined && given.has("default") ? given.value("default") : part);
            } else {
                mapped.add(Filters.named(Representation.text(all.positional().get(0), budget))
                        .apply(item, all.rest(), budget));
            }
        }
        return new Stream(mapped);
    }

    private static Object chosen(Object value, Arguments all, boolean wanted, boolean attribute, Budget budget) {
        if (attribute && all.positional().isEmpty()) {
            throw TemplateException.of("Missing parameter for attribute name");
        }
        Arguments rest = attribute ? all.rest() : all;
        Predicate<Object> test = rest.positional().isEmpty()
                ? Types::truth
                : item -> Types.truth(
                        Tests.named(Representation.text(rest.positional().get(0), budget))
                                .apply(item, rest.rest(), budget));
        List<Object> chosen = new ArrayList<>();
        for (Object item : Iteration.list(value, budget)) {
            Object looked = attribute ? Keys.at(item, all.positional().get(0), budget) : item;
            if (test.test(looked) == wanted) {
                chosen.add(item);
            }
        }
        return new Stream(chosen);
    }
}
