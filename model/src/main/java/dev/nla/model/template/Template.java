package dev.nla.model.template;

import dev.nla.model.template.library.Functions;
import dev.nla.model.template.syntax.StatementParser;
import dev.nla.model.template.tree.Rendering;
import dev.nla.model.template.tree.Scope;
import dev.nla.model.template.tree.Statement;
import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.Dict;
import dev.nla.model.template.value.None;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.TemplateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A chat template that has been read. Safe for use by several threads; every rendering stands by itself. */
public final class Template {
    private static final int LONGEST = 8 << 20;

    private final List<Statement> statements;
    private final int length;

    private Template(List<Statement> statements, int length) {
        this.statements = statements;
        this.length = length;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException when Jinja would find a syntax error, or it is longer than 8 million characters
     */
    public static Template parse(String source) {
        if (source.length() > LONGEST) {
            throw TemplateException.at(1, "it has %,d characters, more than %,d", source.length(), LONGEST);
        }
        try {
            return new Template(StatementParser.parse(source), source.length());
        } catch (StackOverflowError e) {
            throw TemplateException.at(1, "it is nested too deeply");
        } catch (TemplateException e) {
            throw e;
        } catch (RuntimeException e) {
            throw TemplateException.unforeseen(1, e);
        }
    }

    /**
     * Renders it.
     *
     * @param variables texts, truth values, whole and floating point numbers, lists and maps of these by name; an absent value of a map is
     *     {@link java.util.Optional#empty}, Python's None
     * @throws TemplateException when Jinja would refuse it, the template refuses, or the budget is used up
     */
    public String render(Map<String, Object> variables) {
        Map<String, Object> names = new HashMap<>(Functions.ALL);
        long[] size = {length};
        variables.forEach((name, value) -> names.put(name, python(value, size)));
        Rendering run = new Rendering(new Budget(size[0]));
        try {
            run.run(statements, Scope.of(names));
            return run.output();
        } catch (TemplateException e) {
            throw e.located(run.line());
        } catch (StackOverflowError e) {
            throw TemplateException.at(run.line(), "maximum recursion depth exceeded");
        } catch (RuntimeException e) {
            throw TemplateException.unforeseen(run.line(), e);
        }
    }

    private static Object python(Object value, long[] size) {
        size[0]++;
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(python(item, size)));
            return Sequence.list(items);
        }
        if (value instanceof Map<?, ?> map) {
            Dict dict = new Dict();
            map.forEach((key, item) -> dict.put(python(key, size), python(item, size)));
            return dict;
        }
        if (value instanceof String text) {
            size[0] += text.length();
        }
        return value instanceof java.util.Optional<?> none && none.isEmpty() ? None.NONE : value;
    }
}
