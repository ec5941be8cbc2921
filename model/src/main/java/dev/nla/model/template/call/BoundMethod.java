package dev.nla.model.template.call;

import dev.nla.model.template.value.Budget;

/**
 * A method taken from its object.
 *
 * @param subject the object
 * @param method what is called
 */
public record BoundMethod(Object subject, Builtin method) implements Callable {
    @Override
    public Object call(Arguments arguments, Budget budget) {
        return method.apply(subject, arguments, budget);
    }
}
