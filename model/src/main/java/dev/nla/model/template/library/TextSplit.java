package dev.nla.model.template.library;

import dev.nla.model.template.call.Given;
import dev.nla.model.template.operation.Iteration;
import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.CodePoints;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.TemplateException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Splitting texts and joining them. */
final class TextSplit {
    private TextSplit() {}

    static Object split(String text, Given given, Budget budget) {
        long most = given.whole("maxsplit", -1) < 0 ? Long.MAX_VALUE : given.whole("maxsplit", -1);
        return Sequence.list(
                given.has("sep") ? bySeparator(text, separator(given), most, budget) : bySpace(text, most, budget));
    }

    static Object splitRight(String text, Given given, Budget budget) {
        long most = given.whole("maxsplit", -1) < 0 ? Long.MAX_VALUE : given.whole("maxsplit", -1);
        return Sequence.list(
                given.has("sep")
                        ? bySeparatorRight(text, separator(given), most, budget)
                        : bySpaceRight(text, most, budget));
    }

    private static String separator(Given given) {
        String separator = given.text("sep");
        if (separator.isEmpty()) {
            throw TemplateException.of("empty separator");
        }
        return separator;
    }

    private static List<Object> bySeparator(String text, String separator, long most, Budget budget) {
        budget.search(text.length(), separator.length());
        List<Object> parts = new ArrayList<>();
        int start = 0;
        int at = text.indexOf(separator);
        while (at >= 0 && parts.size() < most) {
            budget.cells(1);
            parts.add(text.substring(start, at));
            start = at + separator.length();
            at = text.indexOf(separator, start);
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static List<Object> bySeparatorRight(String text, String separator, long most, Budget budget) {
        budget.search(text.length(), separator.length());
        List<Object> parts = new ArrayList<>();
        int end = text.length();
        int at = text.lastIndexOf(separator);
        while (at >= 0 && parts.size() < most) {
            budget.cells(1);
            parts.add(text.substring(at + separator.length(), end));
            end = at;
            at = end < separator.length() ? -1 : text.lastIndexOf(separator, end - separator.length());
        }
        parts.add(text.substring(0, end));
        Collections.reverse(parts);
        return parts;
    }

    private static List<Object> bySpace(String text, long most, Budget budget) {
        List<Object> parts = new ArrayList<>();
        int at = 0;
        while (true) {
            while (at < text.length() && CodePoints.isSpace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                return parts;
            }
            budget.cells(1);
            if (parts.size() == most) {
                parts.add(CodePoints.stripped(text.substring(at), CodePoints::isSpace, false, true));
                return parts;
            }
            int start = at;
            while (at < text.length() && !CodePoints.isSpace(text.charAt(at))) {
                at++;
            }
            parts.add(text.substring(start, at));
        }
    }

    private static List<Object> bySpaceRight(String text, long most, Budget budget) {
        List<Object> parts = new ArrayList<>();
        int end = text.length();
        while (true) {
            while (end > 0 && CodePoints.isSpace(text.charAt(end - 1))) {
                end--;
            }
            if (end == 0) {
                break;
            }
            budget.cells(1);
            if (parts.size() == most) {
                parts.add(CodePoints.stripped(text.substring(0, end), CodePoints::isSpace, true, false));
                break;
            }
            int stop = end;
            while (end > 0 && !CodePoints.isSpace(text.charAt(end - 1))) {
                end--;
            }
            parts.add(text.substring(end, stop));
        }
        Collections.reverse(parts);
        return parts;
    }

    /** Lines as Python counts them, which knows more line ends than Java. */
    static List<Object> lines(String text, boolean keepEnds, Budget budget) {
        List<Object> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if ("\n\r\u000B\f\u001C\u001D\u001E\u0085\u2028\u2029".indexOf(text.charAt(i)) < 0) {
                continue;
            }
            int end = i;
            if (text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                i++;
            }
            budget.cells(1);
            lines.add(text.substring(start, keepEnds ? i + 1 : end));
            start = i + 1;
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }

    static Object partition(String text, String separator, Budget budget) {
        budget.search(text.length(), separator.length());
        return parts(text, text.indexOf(separator), separator, Sequence.tuple(text, "", ""));
    }

    static Object partitionRight(String text, String separator, Budget budget) {
        budget.search(text.length(), separator.length());
        return parts(text, text.lastIndexOf(separator), separator, Sequence.tuple("", "", text));
    }

    private static Sequence parts(String text, int at, String separator, Sequence none) {
        if (separator.isEmpty()) {
            throw TemplateException.of("empty separator");
        }
        return at < 0
                ? none
                : Sequence.tuple(text.substring(0, at), separator, text.substring(at + separator.length()));
    }

    /** Python's {@code str.join}, which takes texts only. */
    static Object joined(String separator, Object items, Budget budget) {
        Iterator<Object> rest = Iteration.over(items, budget);
        StringBuilder joined = new StringBuilder();
        for (int i = 0; rest.hasNext(); i++) {
            if (!(rest.next() instanceof String text)) {
                throw TemplateException.of("sequence item %d: expected str instance", i);
            }
            budget.step();
            budget.spend((long) text.length() + separator.length());
            joined.append(i == 0 ? "" : separator).append(text);
        }
        return joined.toString();
    }
}
