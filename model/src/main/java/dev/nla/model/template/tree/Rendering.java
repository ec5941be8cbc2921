package dev.nla.model.template.tree;

import dev.nla.model.template.call.Arguments;
import dev.nla.model.template.call.Callable;
import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import dev.nla.model.template.value.Undefined;
import java.util.ArrayList;
import java.util.List;

/** One rendering under way: its budget, what is printed so far, and the line it is at. */
public final class Rendering {
    private final Budget budget;
    private StringBuilder output = new StringBuilder();
    private int line = 1;

    /** A rendering that has printed nothing. */
    public Rendering(Budget budget) {
        this.budget = budget;
    }

    Budget budget() {
        return budget;
    }

    /** The line of the statement that is carried out, counted from 1. */
    public int line() {
        return line;
    }

    /** What has been printed. */
    public String output() {
        return output.toString();
    }

    Object value(Expression expression, Scope scope) {
        budget.enter();
        Object value = expression.evaluate(scope, this);
        budget.leave();
        return value;
    }

    List<Object> values(List<Expression> expressions, Scope scope) {
        budget.cells(expressions.size());
        List<Object> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(value(expression, scope));
        }
        return values;
    }

    /** Carries out statements until one leaves the loop around them. */
    public Statement.Outcome run(List<Statement> statements, Scope scope) {
        budget.enter();
        Statement.Outcome outcome = Statement.Outcome.GO_ON;
        for (Statement statement : statements) {
            budget.step();
            line = statement.line() > 0 ? statement.line() : line;
            outcome = statement.run(scope, this);
            if (outcome != Statement.Outcome.GO_ON) {
                break;
            }
        }
        budget.leave();
        return outcome;
    }

    /** What statements print, which is not added to the output. */
    String captured(List<Statement> statements, Scope scope) {
        return captured(() -> run(statements, scope));
    }

    /** What is printed meanwhile. */
    String captured(Runnable part) {
        StringBuilder outside = output;
        int before = line;
        output = new StringBuilder();
        budget.enter();
        part.run();
        budget.leave();
        String captured = output.toString();
        budget.spend(captured.length());
        output = outside;
        line = before;
        return captured;
    }

    void print(String text) {
        budget.spend(text.length());
        output.append(text);
    }

    Object call(Object function, Arguments arguments) {
        if (Undefined.defined(function) instanceof Callable callable) {
            return callable.call(arguments, budget);
        }
        throw TemplateException.of("'%s' object is not callable", Types.name(function));
    }
}
