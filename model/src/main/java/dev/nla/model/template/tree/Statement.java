package dev.nla.model.template.tree;

import dev.nla.model.template.call.Arguments;
import dev.nla.model.template.operation.Iteration;
import dev.nla.model.template.operation.Representation;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part of a template that prints or does something. */
public sealed interface Statement {
    /** How a template goes on after a statement. */
    enum Outcome {
        GO_ON,
        BREAK,
        CONTINUE
    }

    /** Carries it out; parts within it through {@link Rendering#run}. */
    Outcome run(Scope scope, Rendering run);

    /** Where it begins, or 0 where it does not matter. */
    default int line() {
        return 0;
    }

    /** Text outside of tags. */
    record Text(String text) implements Statement {
        @Override
        public Outcome run(Scope scope, Rendering run) {
            run.print(text);
            return Outcome.GO_ON;
        }
    }

    /** {@code {{ value }}}. */
    record Print(Expression value, int line) implements Statement {
        @Override
        public Outcome run(Scope scope, Rendering run) {
            run.print(Representation.text(run.value(value, scope), run.budget()));
            return Outcome.GO_ON;
        }
    }

    /** {@code if}, and its {@code elif} as further ones within {@code otherwise}. */
    record If(List<Map.Entry<Expression, List<Statement>>> branches, List<Statement> otherwise, int line)
            implements Statement {
        @Override
        public Outcome run(Scope scope, Rendering run) {
            for (Map.Entry<Expression, List<Statement>> branch : branches) {
                if (Types.truth(run.value(branch.getKey(), scope))) {
                    return run.run(branch.getValue(), scope);
                }
            }
            return run.run(otherwise, scope);
        }
    }

    /** {@code for}. */
    record For(
            AssignmentTarget target,
            Expression items,
            Optional<Expression> condition,
            boolean recursive,
            List<Statement> body,
            List<Statement> otherwise,
            int line)
            implements Statement {
        @Override
        public Outcome run(Scope scope, Rendering run) {
            loop(run.value(items, scope), 0, scope, run);
            return Outcome.GO_ON;
        }

        /** Goes through items; a recursive loop comes back here for those within. */
        void loop(Object values, int depth, Scope scope, Rendering run) {
            Iterator<Object> source = Iteration.over(values, run.budget());
            if (condition.isPresent()) {
                source = new Chosen(source, item -> {
                    run.budget().step();
                    Scope test = scope.inner();
                    target.assign(item, test, run);
                    return Types.truth(run.value(condition.get(), test));
                });
            }
            Loop loop = new Loop(this, source, depth, scope, run);
            boolean entered = false;
            while (loop.hasNext()) {
                entered = true;
                Scope inner = scope.inner();
                target.assign(loop.next(), inner, run);
                inner.set("loop", loop);
                if (run.run(body, inner) == Outcome.BREAK) {
                    break;
                }
            }
            if (!entered) {
                run.run(otherwise, scope.inner());
            }
        }
    }

    /** {@code set} with a value. */
    record Set(AssignmentTarget target, Expression value, int line) implements Statement {
        @Override
        public Outcome run(Scope scope, Rendering run) {
            target.assign(run.value(value, scope), scope, run);
            return Outcome.GO_ON;
        }
    }

    /** {@code set}, {@code filter} and {@code generation} with a body: what it prints goes through filters, then to a place. */
    record Captured(Optional<AssignmentTarget> target, Expression filters, List<Statement> body, int line)
            implements Statement {
        /** The variable that {@code filters} start from; no template can name it. */
        public static final String TEXT = "(captured)";

        @Override
        public Outcome run(Scope scope, Rendering run) {
            String text = run.captured(body, scope.inner());
            Scope inner = scope.inner();
            inner.set(TEXT, text);
            Object value = run.value(filters, inner);
            if (target.isPresent()) {
                target.get().assign(value, scope, run);
            } else {
                run.print(Representation.text(value, run.budget()));
            }
            return Outcome.GO_ON;
        }
    }

    /** {@code with}, and {@code block}, which nothing here replaces. */
    record With(List<Map.Entry<AssignmentTarget, Expression>> values, List<Statement> body, int line)
            implements Statement {
        @Override
        public Outcome run(Scope scope, Rendering run) {
            Scope inner = scope.inner();
            for (Map.Entry<AssignmentTarget, Expression> each : values) {
                each.getKey().assign(run.value(each.getValue(), scope), inner, run);
            }
            return run.run(body, inner);
        }
    }

    /** {@code macro}. */
    record Define(Macro.Definition macro, int line) implements Statement {
        @Override
        public Outcome run(Scope scope, Rendering run) {
            scope.set(macro.name(), new Macro(macro, scope, run));
            return Outcome.GO_ON;
        }
    }

    /** {@code call}: calls a macro that may call the body. */
    record CallWith(Expression.Call call, Macro.Definition body, int line) implements Statement {
        @Override
        public Outcome run(Scope scope, Rendering run) {
            Object function = run.value(call.function(), scope);
            Arguments given = call.arguments().evaluate(scope, run);
            Map<String, Object> named = new java.util.LinkedHashMap<>(given.named());
            named.put("caller", new Macro(body, scope, run));
            Object value = run.call(function, new Arguments(given.positional(), named));
            run.print(Representation.text(value, run.budget()));
            return Outcome.GO_ON;
        }
    }

    /** {@code break} and {@code continue}. */
    record Jump(Outcome outcome) implements Statement {
        @Override
        public Outcome run(Scope scope, Rendering run) {
            return outcome;
        }
    }

    /** A statement that needs what a chat template does not have, such as other files. */
    record Refused(String tag, int line) implements Statement {
        @Override
        public Outcome run(Scope scope, Rendering run) {
            throw TemplateException.at(line, "{%% %s %%} cannot be used: a chat template stands alone", tag);
        }
    }
}
