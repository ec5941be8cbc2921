package dev.nla.model.template.tree;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;

/** The items that fulfil a condition, which is asked when an item's turn comes. */
final class Chosen implements Iterator<Object> {
    private final Iterator<Object> all;
    private final Predicate<Object> condition;
    private Optional<Object> next = Optional.empty();

    Chosen(Iterator<Object> all, Predicate<Object> condition) {
        this.all = all;
        this.condition = condition;
    }

    @Override
    public boolean hasNext() {
        while (next.isEmpty() && all.hasNext()) {
            next = Optional.of(all.next()).filter(condition);
        }
        return next.isPresent();
    }

    @Override
    public Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Object item = next.orElseThrow();
        next = Optional.empty();
        return item;
    }
}
