package dev.nla.model.template.library;

import dev.nla.model.template.call.Builtin;
import dev.nla.model.template.call.Given;
import dev.nla.model.template.operation.FormatSpec;
import dev.nla.model.template.operation.Representation;
import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.CodePoints;
import dev.nla.model.template.value.None;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.Slice;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** Python's methods of {@code str}. */
final class TextMethods {
    static final Map<String, Builtin> ALL = all();

    private TextMethods() {}

    private static Map<String, Builtin> all() {
        List<Builtin> all = new ArrayList<>();
        all.add(changed("upper", text -> text.toUpperCase(Locale.ROOT)));
        all.add(changed("lower", text -> text.toLowerCase(Locale.ROOT)));
        all.add(changed("casefold", text -> text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT)));
        all.add(changed("capitalize", TextCase::capitalized));
        all.add(changed("title", TextCase::titled));
        all.add(changed("swapcase", TextCase::swapped));
        all.add(stripping("strip", true, true));
        all.add(stripping("lstrip", true, false));
        all.add(stripping("rstrip", false, true));
        all.add(text(
                "startswith(prefix, start, end)",
                (text, given, budget) ->
                        any(given.value("prefix"), prefix -> part(text, given).startsWith(prefix), "startswith")));
        all.add(text(
                "endswith(suffix, start, end)",
                (text, given, budget) ->
                        any(given.value("suffix"), suffix -> part(text, given).endsWith(suffix), "endswith")));
        all.add(text(
                "removeprefix(prefix)",
                (text, given, budget) -> text.startsWith(given.text("prefix"))
                        ? text.substring(given.text("prefix").length())
                        : text));
        all.add(text(
                "removesuffix(suffix)",
                (text, given, budget) -> text.endsWith(given.text("suffix"))
                        ? text.substring(0, text.length() - given.text("suffix").length())
                        : text));
        all.add(text(
                "replace(old, new, count)",
                (text, given, budget) -> TextSearch.replaced(
                        text, given.text("old"), given.text("new"), given.whole("count", -1), budget)));
        all.add(text("count(sub)", (text, given, budget) -> TextSearch.count(text, given.text("sub"), budget)));
        all.add(text("find(sub, start, end)", (text, given, budget) -> TextSearch.first(text, given, budget)));
        all.add(text("rfind(sub, start, end)", (text, given, budget) -> TextSearch.last(text, given, budget)));
        all.add(text("index(sub, start, end)", (text, given, budget) -> found(TextSearch.first(text, given, budget))));
        all.add(text("rindex(sub, start, end)", (text, given, budget) -> found(TextSearch.last(text, given, budget))));
        all.add(text("split(sep, maxsplit)", (text, given, budget) -> TextSplit.split(text, given, budget)));
        all.add(text("rsplit(sep, maxsplit)", (text, given, budget) -> TextSplit.splitRight(text, given, budget)));
        all.add(text(
                "splitlines(keepends)",
                (text, given, budget) -> Sequence.list(TextSplit.lines(text, given.flag("keepends"), budget))));
        all.add(text("partition(sep)", (text, given, budget) -> TextSplit.partition(text, given.text("sep"), budget)));
        all.add(text(
                "rpartition(sep)", (text, given, budget) -> TextSplit.partitionRight(text, given.text("sep"), budget)));
        all.add(text(
                "join(iterable)", (text, given, budget) -> TextSplit.joined(text, given.value("iterable"), budget)));
        all.add(text("format(*)", (text, given, budget) -> BraceFormat.apply(text, given.all(), budget)));
        all.add(padding("ljust", '<'));
        all.add(padding("rjust", '>'));
        all.add(text(
                "center(width, fillchar)",
                (text, given, budget) -> TextCase.centred(text, given.whole("width"), filling(given), budget)));
        all.add(text("zfill(width)", (text, given, budget) -> TextCase.zeros(text, given.whole("width"), budget)));
        all.add(text(
                "expandtabs(tabsize)",
                (text, given, budget) -> TextCase.expanded(text, given.whole("tabsize", 8), budget)));
        all.add(asked("isalpha", Character::isLetter));
        all.add(asked("isalnum", Character::isLetterOrDigit));
        all.add(asked("isdigit", TextCase::isDigit));
        all.add(asked("isdecimal", Character::isDigit));
        all.add(asked("isnumeric", TextCase::isNumeric));
        all.add(asked("isspace", CodePoints::isSpace));
        all.add(text("isascii()", (text, given, budget) -> text.chars().allMatch(c -> c < 128)));
        all.add(text("isprintable()", (text, given, budget) -> text.codePoints().allMatch(Representation::printable)));
        all.add(text("isidentifier()", (text, given, budget) -> TextCase.isIdentifier(text)));
        all.add(text("islower()", (text, given, budget) -> TextCase.isLower(text)));
        all.add(text("isupper()", (text, given, budget) -> TextCase.isUpper(text)));
        all.add(text(
                "istitle()",
                (text, given, budget) -> text.chars().anyMatch(Character::isLetter)
                        && TextCase.titled(text).equals(text)));
        return Builtin.named(all);
    }

    /** A method whose object is a text. */
    @FunctionalInterface
    private interface Body {
        Object apply(String text, Given given, Budget budget);
    }

    private static Builtin text(String signature, Body body) {
        return Builtin.of(signature, (subject, given, budget) -> {
            String text = (String) subject;
            budget.spend(text.length());
            return body.apply(text, given, budget);
        });
    }

    private static Builtin changed(String name, UnaryOperator<String> change) {
        return text(name + "()", (text, given, budget) -> change.apply(text));
    }

    private static Builtin asked(String name, IntPredicate each) {
        return text(
                name + "()",
                (text, given, budget) -> !text.isEmpty() && text.codePoints().allMatch(each));
    }

    private static Builtin stripping(String name, boolean left, boolean right) {
        return text(name + "(chars)", (text, given, budget) -> {
            String characters = given.text("chars", "");
            budget.search(text.length(), characters.length());
            return CodePoints.stripped(
                    text, given.has("chars") ? c -> characters.indexOf(c) >= 0 : CodePoints::isSpace, left, right);
        });
    }

    private static Builtin padding(String name, char align) {
        return text(name + "(width, fillchar)", (text, given, budget) -> {
            int fill = filling(given).codePointAt(0);
            return new FormatSpec(
                            fill, align, '-', false, Math.min(given.whole("width"), Integer.MAX_VALUE), "", -1, 's')
                    .apply(text, budget);
        });
    }

    private static String filling(Given given) {
        String fill = given.text("fillchar", " ");
        if (CodePoints.length(fill) != 1) {
            throw TemplateException.of("The fill character must be exactly one character long");
        }
        return fill;
    }

    private static Object found(long place) {
        if (place < 0) {
            throw TemplateException.of("substring not found");
        }
        return place;
    }

    private static String part(String text, Given given) {
        if (!given.has("start") && !given.has("end")) {
            return text;
        }
        Slice.Bounds bounds = new Slice(given.value("start", None.NONE), given.value("end", None.NONE), None.NONE)
                .bounds(CodePoints.length(text));
        return bounds.stop() < bounds.start() ? "" : CodePoints.between(text, bounds.start(), bounds.stop());
    }

    private static boolean any(Object given, java.util.function.Predicate<String> test, String method) {
        List<Object> choices = given instanceof Sequence tuple && tuple.kind().tuple() ? tuple.items() : List.of(given);
        for (Object choice : choices) {
            if (!(choice instanceof String text)) {
                throw TemplateException.of(
                        "%s first arg must be str or a tuple of str, not %s", method, Types.name(choice));
            }
            if (test.test(text)) {
                return true;
            }
        }
        return false;
    }
}
