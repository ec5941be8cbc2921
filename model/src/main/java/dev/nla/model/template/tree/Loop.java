package dev.nla.model.template.tree;

import dev.nla.model.template.call.Arguments;
import dev.nla.model.template.call.Builtin;
import dev.nla.model.template.call.Callable;
import dev.nla.model.template.operation.ValueComparison;
import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.SinglePass;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Undefined;
import dev.nla.model.template.value.WithAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** {@code loop}: where a loop stands. Items are taken ahead only where a template asks for what comes. */
final class Loop implements Iterator<Object>, SinglePass, WithAttributes, Callable {
    private final Statement.For statement;
    private final Iterator<Object> source;
    private final Deque<Object> ahead = new ArrayDeque<>();
    private final int depth;
    private final Scope scope;
    private final Rendering run;
    private long index;
    private Optional<Object> before = Optional.empty();
    private Optional<Object> current = Optional.empty();
    private Optional<Object> watched = Optional.empty();

    Loop(Statement.For statement, Iterator<Object> source, int depth, Scope scope, Rendering run) {
        this.statement = statement;
        this.source = source;
        this.depth = depth;
        this.scope = scope;
        this.run = run;
    }

    @Override
    public boolean hasNext() {
        return !ahead.isEmpty() || source.hasNext();
    }

    @Override
    public Object next() {
        run.budget().step();
        Object item = ahead.isEmpty() ? source.next() : ahead.remove();
        before = current;
        current = Optional.of(item);
        index++;
        return item;
    }

    @Override
    public Optional<Object> attribute(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "index" -> index;
                    case "index0" -> index - 1;
                    case "first" -> index == 1;
                    case "last" -> !hasNext();
                    case "length" -> index + rest();
                    case "revindex" -> rest() + 1;
                    case "revindex0" -> rest();
                    case "depth" -> depth + 1L;
                    case "depth0" -> (long) depth;
                    case "previtem" -> before.orElseGet(() -> Undefined.because("there is no previous item"));
                    case "nextitem" -> following();
                    case "cycle" -> Builtin.of("cycle(*)", (subject, given, budget) -> cycled(given.positional()));
                    case "changed" -> Builtin.of("changed(*)", (subject, given, budget) -> changed(given.positional()));
                    default -> null;
                });
    }

    @Override
    public Iterator<Object> take() {
        return this;
    }

    private long rest() {
        while (source.hasNext()) {
            run.budget().cells(1);
            ahead.add(source.next());
        }
        return ahead.size();
    }

    private Object following() {
        if (!hasNext()) {
            return Undefined.because("there is no next item");
        }
        if (ahead.isEmpty()) {
            ahead.add(source.next());
        }
        return ahead.element();
    }

    private Object cycled(List<Object> values) {
        if (values.isEmpty()) {
            throw TemplateException.of("no items for cycling given");
        }
        return values.get((int) ((index - 1) % values.size()));
    }

    private boolean changed(List<Object> values) {
        Sequence now = Sequence.list(values);
        boolean same = watched.isPresent() && ValueComparison.equal(watched.get(), now, run.budget());
        watched = Optional.of(now);
        return !same;
    }

    @Override
    public Object call(Arguments arguments, Budget budget) {
        if (!statement.recursive()) {
            throw TemplateException.of("The loop must have the 'recursive' marker to be called recursively.");
        }
        if (arguments.positional().size() != 1) {
            throw TemplateException.of("loop takes the items to go through");
        }
        return run.captured(() -> statement.loop(arguments.positional().get(0), depth + 1, scope, run));
    }
}
