package dev.nla.model.template.tree;

import dev.nla.model.template.operation.Iteration;
import dev.nla.model.template.value.Namespace;
import dev.nla.model.template.value.TemplateException;
import java.util.List;

/** What a value is given to: a variable, an attribute of a namespace, or several at once. */
public sealed interface AssignmentTarget {
    void assign(Object value, Scope scope, Rendering run);

    /** A variable. */
    record Variable(String name) implements AssignmentTarget {
        @Override
        public void assign(Object value, Scope scope, Rendering run) {
            scope.set(name, value);
        }
    }

    /** An attribute of a namespace. */
    record Member(String namespace, String name) implements AssignmentTarget {
        @Override
        public void assign(Object value, Scope scope, Rendering run) {
            if (!(scope.get(namespace) instanceof Namespace there)) {
                throw TemplateException.of("cannot assign attribute on non-namespace object");
            }
            there.set(name, value);
        }
    }

    /** {@code a, b}. */
    record Several(List<AssignmentTarget> targets) implements AssignmentTarget {
        @Override
        public void assign(Object value, Scope scope, Rendering run) {
            List<Object> values = Iteration.list(value, run.budget());
            if (values.size() != targets.size()) {
                throw TemplateException.of(
                        "%s values to unpack (expected %d, got %d)",
                        values.size() > targets.size() ? "too many" : "not enough", targets.size(), values.size());
            }
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).assign(values.get(i), scope, run);
            }
        }
    }
}
