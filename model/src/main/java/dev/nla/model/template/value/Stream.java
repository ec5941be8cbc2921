package dev.nla.model.template.value;

import java.util.Collections;
import java.util.Iterator;

/** Items that can be gone through once, as Python's generators: what {@code map}, {@code select} and {@code reverse} give. */
public final class Stream implements SinglePass {
    private Iterator<Object> rest;

    /** A stream of all items. */
    public Stream(Iterable<Object> items) {
        this.rest = items.iterator();
    }

    @Override
    public Iterator<Object> take() {
        Iterator<Object> taken = rest;
        rest = Collections.emptyIterator();
        return taken;
    }
}
