package dev.nla.model.template.tree;

import dev.nla.model.template.call.Arguments;
import dev.nla.model.template.library.Attributes;
import dev.nla.model.template.library.Filters;
import dev.nla.model.template.library.Tests;
import dev.nla.model.template.operation.Arithmetic;
import dev.nla.model.template.operation.Iteration;
import dev.nla.model.template.operation.Representation;
import dev.nla.model.template.operation.ValueComparison;
import dev.nla.model.template.value.Dict;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.Slice;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A part of a template that has a value. */
public sealed interface Expression {
    /** Computes it; parts within it through {@link Rendering#value}. */
    Object evaluate(Scope scope, Rendering run);

    /** A value written out. */
    record Constant(Object value) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            return value;
        }
    }

    /** A variable. */
    record Name(String name) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            return scope.get(name);
        }
    }

    /** {@code [a, b]} or {@code (a, b)}. */
    record Items(Sequence.Kind kind, List<Expression> items) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            return new Sequence(kind, run.values(items, scope));
        }
    }

    /** {@code {key: value}}. */
    record Mapping(List<Map.Entry<Expression, Expression>> entries) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            run.budget().cells(2L * entries.size());
            Dict dict = new Dict();
            for (Map.Entry<Expression, Expression> entry : entries) {
                dict.put(run.value(entry.getKey(), scope), run.value(entry.getValue(), scope));
            }
            return dict;
        }
    }

    /** {@code value.name}. */
    record Attribute(Expression value, String name) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            return Attributes.attribute(run.value(value, scope), name);
        }
    }

    /** {@code value[key]}. */
    record Item(Expression value, Expression key) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            Object subject = run.value(value, scope);
            return Attributes.item(subject, run.value(key, scope), run.budget());
        }
    }

    /** {@code start:stop:step} in brackets. */
    record Range(Expression start, Expression stop, Expression step) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            return new Slice(run.value(start, scope), run.value(stop, scope), run.value(step, scope));
        }
    }

    /** {@code function(arguments)}. */
    record Call(Expression function, CallArguments arguments) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            return run.call(run.value(function, scope), arguments.evaluate(scope, run));
        }
    }

    /** {@code value | name(arguments)}. */
    record Filtered(Expression value, String name, CallArguments arguments) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            Object subject = run.value(value, scope);
            return Filters.named(name).apply(subject, arguments.evaluate(scope, run), run.budget());
        }
    }

    /** {@code value is name(arguments)}. */
    record Tested(Expression value, String name, CallArguments arguments) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            Object subject = run.value(value, scope);
            return Tests.named(name).apply(subject, arguments.evaluate(scope, run), run.budget());
        }
    }

    /** {@code not}, {@code -} or {@code +} before a value. */
    record Unary(String operator, Expression value) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            Object subject = run.value(value, scope);
            return switch (operator) {
                case "not" -> !Types.truth(subject);
                case "-" -> Arithmetic.negative(subject);
                default -> Arithmetic.positive(subject);
            };
        }
    }

    /** Arithmetic on two values. */
    record Binary(String operator, Expression left, Expression right) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            Object first = run.value(left, scope);
            return Arithmetic.apply(operator, first, run.value(right, scope), run.budget());
        }
    }

    /** {@code a ~ b}: the values as texts, one behind the other. */
    record Joined(List<Expression> parts) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            StringBuilder joined = new StringBuilder();
            for (Expression part : parts) {
                String text = Representation.text(run.value(part, scope), run.budget());
                run.budget().spend(text.length());
                joined.append(text);
            }
            return joined.toString();
        }
    }

    /** {@code a and b}, {@code a or b}: one of the values, as in Python. */
    record Either(boolean and, Expression left, Expression right) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            Object first = run.value(left, scope);
            return Types.truth(first) == and ? run.value(right, scope) : first;
        }
    }

    /** {@code a < b <= c}. */
    record Compared(Expression first, List<String> operators, List<Expression> others) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            Object left = run.value(first, scope);
            for (int i = 0; i < others.size(); i++) {
                Object right = run.value(others.get(i), scope);
                if (!ValueComparison.holds(operators.get(i), left, right, run.budget())) {
                    return false;
                }
                left = right;
            }
            return true;
        }
    }

    /** {@code a if condition else b}. */
    record Conditional(Expression condition, Expression then, Expression otherwise) implements Expression {
        @Override
        public Object evaluate(Scope scope, Rendering run) {
            return run.value(Types.truth(run.value(condition, scope)) ? then : otherwise, scope);
        }
    }

    /** What a call or filter is given. */
    record CallArguments(
            List<Expression> positional,
            List<Map.Entry<String, Expression>> named,
            List<Expression> spread,
            List<Expression> spreadNamed) {
        /** No arguments. */
        public static final CallArguments NONE = new CallArguments(List.of(), List.of(), List.of(), List.of());

        Arguments evaluate(Scope scope, Rendering run) {
            if (this == NONE) {
                return Arguments.NONE;
            }
            List<Object> values = new ArrayList<>(run.values(positional, scope));
            spread.forEach(list -> values.addAll(Iteration.list(run.value(list, scope), run.budget())));
            Map<String, Object> byName = new java.util.LinkedHashMap<>();
            named.forEach(each -> byName.put(each.getKey(), run.value(each.getValue(), scope)));
            for (Expression mapping : spreadNamed) {
                if (!(run.value(mapping, scope) instanceof Dict dict)) {
                    throw TemplateException.of("argument after ** must be a mapping");
                }
                dict.entries()
                        .forEach(entry ->
                                byName.put(Representation.text(entry.getKey(), run.budget()), entry.getValue()));
            }
            return new Arguments(values, byName);
        }
    }
}
