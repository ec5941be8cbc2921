package dev.nla.model.template.library;

import dev.nla.model.template.call.Builtin;
import dev.nla.model.template.call.Given;
import dev.nla.model.template.operation.Arithmetic;
import dev.nla.model.template.operation.Iteration;
import dev.nla.model.template.operation.Representation;
import dev.nla.model.template.operation.ValueComparison;
import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.CodePoints;
import dev.nla.model.template.value.Dict;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.Stream;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Undefined;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Filters that order, cut and join sequences. */
final class SequenceFilters {
    private SequenceFilters() {}

    static List<Builtin> all() {
        List<Builtin> all = new ArrayList<>();
        all.add(Builtin.of("list()", (value, given, budget) -> Sequence.list(Iteration.list(value, budget))));
        all.addAll(Filters.also(List.of("length", "count"), "()", (value, given, budget) -> Iteration.length(value)));
        all.add(Builtin.of("first()", (value, given, budget) -> {
            Iterator<Object> items = value instanceof String text && !text.isEmpty()
                    ? List.<Object>of(CodePoints.between(text, 0, 1)).iterator()
                    : Iteration.over(value, budget);
            return items.hasNext() ? items.next() : Undefined.because("No first item, sequence was empty.");
        }));
        all.add(Builtin.of("last()", (value, given, budget) -> {
            if (value instanceof Stream) {
                throw TemplateException.of("'generator' object is not reversible");
            }
            List<Object> items = Iteration.list(value, budget);
            return items.isEmpty()
                    ? Undefined.because("No last item, sequence was empty.")
                    : items.get(items.size() - 1);
        }));
        all.add(Builtin.of("reverse()", (value, given, budget) -> {
            if (value instanceof String text) {
                budget.spend(text.length());
                return new StringBuilder(text).reverse().toString();
            }
            List<Object> items = Iteration.list(value, budget);
            Collections.reverse(items);
            return new Stream(items);
        }));
        all.add(Builtin.of("join(d, attribute)", SequenceFilters::joined));
        all.add(Builtin.of("sort(reverse, case_sensitive, attribute)", (value, given, budget) -> {
            List<Object> items = Iteration.list(value, budget);
            sort(items, Keys.of(given, budget), given.flag("reverse"), budget);
            return Sequence.list(items);
        }));
        all.add(Builtin.of("unique(case_sensitive, attribute)", (value, given, budget) -> {
            UnaryOperator<Object> key = Keys.of(given, budget);
            Dict seen = new Dict();
            List<Object> unique = new ArrayList<>();
            for (Object item : Iteration.list(value, budget)) {
                if (!seen.has(key.apply(item))) {
                    seen.put(key.apply(item), item);
                    unique.add(item);
                }
            }
            return new Stream(unique);
        }));
        all.add(Builtin.of(
                "min(case_sensitive, attribute)", (value, given, budget) -> extreme(value, given, budget, -1)));
        all.add(Builtin.of(
                "max(case_sensitive, attribute)", (value, given, budget) -> extreme(value, given, budget, 1)));
        all.add(Builtin.of("sum(attribute, start)", (value, given, budget) -> {
            Object sum = given.value("start", 0L);
            for (Object item : Iteration.list(value, budget)) {
                Object part = given.has("attribute") ? Keys.at(item, given.value("attribute"), budget) : item;
                sum = Arithmetic.apply("+", sum, part, budget);
            }
            return sum;
        }));
        all.add(Builtin.of("batch(linecount, fill_with)", SequenceFilters::batches));
        all.add(Builtin.of("slice(slices, fill_with)", SequenceFilters::slices));
        return all;
    }

    static void sort(List<Object> items, UnaryOperator<Object> key, boolean reverse, Budget budget) {
        Comparator<Object> order = (one, other) -> {
            budget.step();
            return ValueComparison.order("<", key.apply(one), key.apply(other), budget);
        };
        items.sort(reverse ? order.reversed() : order);
    }

    private static Object joined(Object value, Given given, Budget budget) {
        String separator = Representation.text(given.value("d", ""), budget);
        StringBuilder joined = new StringBuilder();
        boolean first = true;
        for (Iterator<Object> items = Iteration.over(value, budget); items.hasNext(); first = false) {
            Object item = items.next();
            Object part = given.has("attribute") ? Keys.at(item, given.value("attribute"), budget) : item;
            String text = Representation.text(part, budget);
            budget.step();
            budget.spend((long) text.length() + separator.length());
            joined.append(first ? "" : separator).append(text);
        }
        return joined.toString();
    }

    private static Object extreme(Object value, Given given, Budget budget, int sign) {
        UnaryOperator<Object> key = Keys.of(given, budget);
        Object best = Undefined.because("No aggregated item, sequence was empty.");
        boolean first = true;
        for (Object item : Iteration.list(value, budget)) {
            if (first || sign * ValueComparison.order("<", key.apply(item), key.apply(best), budget) > 0) {
                best = item;
            }
            first = false;
        }
        return best;
    }

    private static Object batches(Object value, Given given, Budget budget) {
        long size = Math.max(1, given.whole("linecount"));
        List<Object> batches = new ArrayList<>();
        List<Object> batch = new ArrayList<>();
        for (Object item : Iteration.list(value, budget)) {
            if (batch.size() == size) {
                batches.add(Sequence.list(batch));
                batch = new ArrayList<>();
            }
            batch.add(item);
        }
        if (!batch.isEmpty()) {
            if (given.has("fill_with")) {
                budget.cells(size - batch.size());
                batch.addAll(Collections.nCopies((int) size - batch.size(), given.value("fill_with")));
            }
            batches.add(Sequence.list(batch));
        }
        return new Stream(batches);
    }

    private static Object slices(Object value, Given given, Budget budget) {
        List<Object> items = Iteration.list(value, budget);
        long count = given.whole("slices");
        if (count <= 0) {
            throw TemplateException.of("slice needs at least one slice");
        }
        budget.cells(count);
        long size = items.size() / count;
        long longer = items.size() % count;
        List<Object> slices = new ArrayList<>();
        int at = 0;
        for (long i = 0; i < count; i++) {
            int end = at + (int) size + (i < longer ? 1 : 0);
            List<Object> slice = new ArrayList<>(items.subList(at, end));
            if (given.has("fill_with") && i >= longer) {
                slice.add(given.value("fill_with"));
            }
            slices.add(Sequence.list(slice));
            at = end;
        }
        return new Stream(slices);
    }
}
