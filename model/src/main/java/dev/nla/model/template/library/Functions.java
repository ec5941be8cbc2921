package dev.nla.model.template.library;

import dev.nla.model.template.call.Builtin;
import dev.nla.model.template.call.Given;
import dev.nla.model.template.operation.Iteration;
import dev.nla.model.template.operation.Representation;
import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.Dict;
import dev.nla.model.template.value.Namespace;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The functions that Jinja and transformers give to chat templates. */
public final class Functions {
    private static final long LONGEST_RANGE = 100_000;

    /** By name. */
    public static final Map<String, Builtin> ALL = Builtin.named(List.of(
            Builtin.of("raise_exception(message)", (none, given, budget) -> {
                throw TemplateException.raised(Representation.text(given.value("message"), budget));
            }),
            Builtin.of(
                    "strftime_now(format)",
                    (none, given, budget) ->
                            Strftime.format(ZonedDateTime.now(Clock.systemDefaultZone()), given.text("format"))),
            Builtin.of("namespace(*)", (none, given, budget) -> {
                Namespace namespace = new Namespace();
                dict(given, budget)
                        .entries()
                        .forEach(entry -> namespace.set(Representation.text(entry.getKey(), budget), entry.getValue()));
                return namespace;
            }),
            Builtin.of("dict(*)", (none, given, budget) -> dict(given, budget)),
            Builtin.of("range(*)", (none, given, budget) -> range(given, budget))));

    private Functions() {}

    private static Dict dict(Given given, Budget budget) {
        Dict dict = new Dict();
        for (Object source : given.positional()) {
            if (source instanceof Dict other) {
                budget.cells(2L * other.size());
                other.entries().forEach(entry -> dict.put(entry.getKey(), entry.getValue()));
                continue;
            }
            for (Object pair : Iteration.list(source, budget)) {
                List<Object> both = Iteration.list(pair, budget);
                if (both.size() != 2) {
                    throw TemplateException.of(
                            "dictionary update sequence element has length %d; 2 is required", both.size());
                }
                dict.put(both.get(0), both.get(1));
            }
        }
        given.all().named().forEach(dict::put);
        return dict;
    }

    private static Object range(Given given, Budget budget) {
        List<Object> bounds = given.positional();
        if (bounds.isEmpty() || bounds.size() > 3 || !bounds.stream().allMatch(Types::isWhole)) {
            throw TemplateException.of("range expects one to three whole numbers");
        }
        long start = bounds.size() == 1 ? 0 : Types.whole(bounds.get(0));
        long stop = Types.whole(bounds.get(bounds.size() == 1 ? 0 : 1));
        long step = bounds.size() == 3 ? Types.whole(bounds.get(2)) : 1;
        if (step == 0) {
            throw TemplateException.of("range() arg 3 must not be zero");
        }
        double length = ((double) stop - start) / step;
        if (length > LONGEST_RANGE) {
            throw TemplateException.of("Range too big. The sandbox blocks ranges larger than %d.", LONGEST_RANGE);
        }
        List<Object> items = new ArrayList<>();
        for (long i = 0; i < Math.ceil(length); i++) {
            budget.cells(1);
            items.add(start + i * step);
        }
        return new Sequence(Sequence.Kind.RANGE, items);
    }
}
