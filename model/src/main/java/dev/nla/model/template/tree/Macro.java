package dev.nla.model.template.tree;

import dev.nla.model.template.call.Arguments;
import dev.nla.model.template.call.Callable;
import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.Dict;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Undefined;
import dev.nla.model.template.value.WithAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A macro that can be called.
 *
 * @param definition what the template says of it
 * @param around the variables around its definition
 * @param run the rendering in which it was defined, and which it prints to
 */
public record Macro(Definition definition, Scope around, Rendering run) implements Callable, WithAttributes {
    /**
     * What a template says of a macro.
     *
     * @param mentioned names in the body, among them perhaps {@code varargs}, {@code kwargs} and {@code caller}
     */
    public record Definition(
            String name,
            List<String> parameters,
            Map<String, Expression> defaults,
            List<Statement> body,
            Set<String> mentioned) {}

    @Override
    public Object call(Arguments given, Budget budget) {
        Scope scope = around.inner();
        Map<String, Object> named = new LinkedHashMap<>(given.named());
        List<String> parameters = definition.parameters();
        int taken = Math.min(parameters.size(), given.positional().size());
        for (int i = 0; i < parameters.size(); i++) {
            String name = parameters.get(i);
            if (i < taken) {
                scope.set(name, given.positional().get(i));
            } else if (named.containsKey(name)) {
                scope.set(name, named.remove(name));
            } else if (definition.defaults().containsKey(name)) {
                scope.set(name, run.value(definition.defaults().get(name), scope));
            } else {
                scope.set(name, Undefined.because("parameter '" + name + "' was not provided"));
            }
        }
        if (definition.mentioned().contains("caller") && !parameters.contains("caller")) {
            Object caller = named.remove("caller");
            scope.set("caller", caller == null ? Undefined.because("No caller defined") : caller);
        }
        rest(scope, given.positional().subList(taken, given.positional().size()), named);
        return run.captured(definition.body(), scope);
    }

    private void rest(Scope scope, List<Object> positional, Map<String, Object> named) {
        if (definition.mentioned().contains("kwargs")) {
            Dict kwargs = new Dict();
            named.forEach(kwargs::put);
            scope.set("kwargs", kwargs);
        } else if (!named.isEmpty()) {
            throw TemplateException.of(
                    "macro '%s' takes no keyword argument '%s'",
                    definition.name(), named.keySet().iterator().next());
        }
        if (definition.mentioned().contains("varargs")) {
            scope.set("varargs", new Sequence(Sequence.Kind.TUPLE, positional));
        } else if (!positional.isEmpty()) {
            throw TemplateException.of(
                    "macro '%s' takes not more than %d argument(s)",
                    definition.name(), definition.parameters().size());
        }
    }

    @Override
    public Optional<Object> attribute(String name) {
        Object value =
                switch (name) {
                    case "name" -> definition.name();
                    case "arguments" -> Sequence.tuple(definition.parameters().toArray());
                    case "catch_kwargs" -> definition.mentioned().contains("kwargs");
                    case "catch_varargs" -> definition.mentioned().contains("varargs");
                    case "caller" -> definition.mentioned().contains("caller");
                    default -> null;
                };
        return Optional.ofNullable(value);
    }
}
