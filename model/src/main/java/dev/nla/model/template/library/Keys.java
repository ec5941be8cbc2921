package dev.nla.model.template.library;

import dev.nla.model.template.call.Given;
import dev.nla.model.template.value.Budget;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** What filters such as {@code sort} and {@code map} look at in every item: an attribute by its path, and texts without case. */
final class Keys {
    private Keys() {}

    /** By the arguments {@code attribute} and {@code case_sensitive}. */
    static UnaryOperator<Object> of(Given given, Budget budget) {
        boolean folded = !given.flag("case_sensitive");
        return item -> {
            Object key = given.has("attribute") ? at(item, given.value("attribute"), budget) : item;
            return folded && key instanceof String text ? text.toLowerCase(Locale.ROOT) : key;
        };
    }

    /** The part of an item at a dotted path, in which whole numbers are places. */
    static Object at(Object item, Object path, Budget budget) {
        budget.step();
        if (!(path instanceof String text)) {
            return Attributes.item(item, path, budget);
        }
        Object value = item;
        for (String part : text.split("\\.", -1)) {
            boolean place =
                    !part.isEmpty() && part.length() < 10 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            value = Attributes.item(value, place ? (Object) Long.valueOf(part) : part, budget);
        }
        return value;
    }
}
