package dev.nla.model.template.operation;

import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.CodePoints;
import dev.nla.model.template.value.Dict;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.SinglePass;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import dev.nla.model.template.value.Undefined;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Going through the items of a value. */
public final class Iteration {
    private Iteration() {}

    /**
     * The items of a value, in turn.
     *
     * @throws TemplateException when Python cannot go through it
     */
    public static Iterator<Object> over(Object value, Budget budget) {
        if (value instanceof Sequence sequence) {
            return sequence.items().iterator();
        }
        if (value instanceof Dict dict) {
            return dict.keys().iterator();
        }
        if (value instanceof String text) {
            return CodePoints.split(text, budget).iterator();
        }
        if (value instanceof SinglePass items) {
            return items.take();
        }
        if (value instanceof Undefined) {
            return Collections.emptyIterator();
        }
        throw TemplateException.of("'%s' object is not iterable", Types.name(value));
    }

    /** Whether a value has items to go through. */
    public static boolean possible(Object value) {
        return value instanceof Sequence
                || value instanceof Dict
                || value instanceof String
                || value instanceof SinglePass
                || value instanceof Undefined;
    }

    /** The items as a new list. */
    public static List<Object> list(Object value, Budget budget) {
        List<Object> items = new ArrayList<>();
        over(value, budget).forEachRemaining(item -> {
            budget.cells(1);
            items.add(item);
        });
        return items;
    }

    /** How many items there are, where the value knows. */
    public static long length(Object value) {
        if (value instanceof String text) {
            return CodePoints.length(text);
        }
        if (value instanceof Sequence sequence) {
            return sequence.items().size();
        }
        if (value instanceof Dict dict) {
            return dict.size();
        }
        if (value instanceof Undefined) {
            return 0;
        }
        throw TemplateException.of("object of type '%s' has no len()", Types.name(value));
    }
}
