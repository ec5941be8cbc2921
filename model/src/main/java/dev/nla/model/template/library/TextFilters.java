package dev.nla.model.template.library;

import dev.nla.model.template.call.Arguments;
import dev.nla.model.template.call.Builtin;
import dev.nla.model.template.call.Given;
import dev.nla.model.template.operation.Arithmetic;
import dev.nla.model.template.operation.Iteration;
import dev.nla.model.template.operation.PercentFormat;
import dev.nla.model.template.operation.Representation;
import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.CodePoints;
import dev.nla.model.template.value.Dict;
import dev.nla.model.template.value.None;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import dev.nla.model.template.value.Undefined;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Filters that give texts. */
final class TextFilters {
    private TextFilters() {}

    /** A filter whose value is a text; others are printed first. */
    @FunctionalInterface
    private interface Body {
        Object apply(String text, Given given, Budget budget);
    }

    private static Builtin text(String signature, Body body) {
        return Builtin.of(signature, (value, given, budget) -> {
            String text = Representation.text(value, budget);
            budget.spend(text.length());
            return body.apply(text, given, budget);
        });
    }

    static List<Builtin> all() {
        List<Builtin> all = new ArrayList<>();
        all.add(text("upper()", (text, given, budget) -> text.toUpperCase(Locale.ROOT)));
        all.add(text("lower()", (text, given, budget) -> text.toLowerCase(Locale.ROOT)));
        all.add(text("capitalize()", (text, given, budget) -> TextCase.capitalized(text)));
        all.add(text("title()", (text, given, budget) -> titled(text)));
        all.add(text("string()", (text, given, budget) -> text));
        all.add(text("safe()", (text, given, budget) -> text));
        for (String name : List.of("escape", "e", "forceescape")) {
            all.add(text(name + "()", (text, given, budget) -> escaped(text, budget)));
        }
        all.add(text("trim(chars)", (text, given, budget) -> TextMethods.ALL
                .get("strip")
                .apply(text, given.has("chars") ? Arguments.of(given.value("chars")) : Arguments.NONE, budget)));
        all.add(text(
                "replace(s, new, count)",
                (text, given, budget) -> TextSearch.replaced(
                        text,
                        Representation.text(given.value("s"), budget),
                        Representation.text(given.value("new"), budget),
                        given.whole("count", -1),
                        budget)));
        all.add(text(
                "center(width)",
                (text, given, budget) -> TextCase.centred(text, given.whole("width", 80), " ", budget)));
        all.add(text("indent(width, first, blank)", TextFilters::indented));
        all.add(text("truncate(length, killwords, end, leeway)", TextFilters::truncated));
        all.add(text("wordcount()", (text, given, budget) -> words(text)));
        all.add(text("striptags()", (text, given, budget) -> withoutTags(text, budget)));
        all.add(text(
                "format(*)",
                (text, given, budget) ->
                        PercentFormat.apply(text, given.all().named().isEmpty() ? tuple(given) : dict(given), budget)));
        all.add(Builtin.of(
                "tojson(ensure_ascii, indent, separators, sort_keys)",
                (value, given, budget) -> JsonText.of(value, given, budget)));
        all.add(Builtin.of("pprint()", (value, given, budget) -> Representation.repr(value, budget)));
        all.add(Builtin.of("urlencode()", (value, given, budget) -> urlEncoded(value, budget)));
        all.add(Builtin.of("xmlattr(autospace)", (value, given, budget) -> xmlAttributes(value, given, budget)));
        return all;
    }

    private static Object tuple(Given given) {
        return new Sequence(Sequence.Kind.TUPLE, given.positional());
    }

    private static Object dict(Given given) {
        Dict dict = new Dict();
        given.all().named().forEach(dict::put);
        return dict;
    }

    private static String titled(String text) {
        StringBuilder titled = new StringBuilder(text.length());
        boolean starts = true;
        for (int c : text.codePoints().toArray()) {
            boolean separates = c == '-' || CodePoints.isSpace(c) || "({[<".indexOf(c) >= 0;
            String letter = Character.toString(c);
            titled.append(starts ? letter.toUpperCase(Locale.ROOT) : letter.toLowerCase(Locale.ROOT));
            starts = separates;
        }
        return titled.toString();
    }

    private static String escaped(String text, Budget budget) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&#34;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        budget.spend(escaped.length());
        return escaped.toString();
    }

    private static String indented(String text, Given given, Budget budget) {
        Object width = given.value("width", 4L);
        String blanks = width instanceof String own ? own : (String) Arithmetic.apply("*", " ", width, budget);
        List<Object> lines = TextSplit.lines(text + "\n", false, budget);
        StringBuilder indented = new StringBuilder(given.flag("first") ? blanks : "");
        for (int i = 0; i < lines.size(); i++) {
            String line = (String) lines.get(i);
            boolean moved = i > 0 && (given.flag("blank") || !line.isEmpty());
            budget.spend((long) line.length() + blanks.length());
            indented.append(i > 0 ? "\n" : "").append(moved ? blanks : "").append(line);
        }
        return indented.toString();
    }

    private static String truncated(String text, Given given, Budget budget) {
        long length = given.whole("length", 255);
        String end = given.text("end", "...");
        if (length < end.length()) {
            throw TemplateException.of("truncate: expected length >= %d, got %d", end.length(), length);
        }
        if (CodePoints.length(text) <= length + given.whole("leeway", 5)) {
            return text;
        }
        String start = CodePoints.between(text, 0, length - CodePoints.length(end));
        int blank = start.lastIndexOf(' ');
        return (given.flag("killwords") || blank < 0 ? start : start.substring(0, blank)) + end;
    }

    private static long words(String text) {
        long words = 0;
        boolean inside = false;
        for (int c : text.codePoints().toArray()) {
            boolean letter = c == '_' || Character.isLetterOrDigit(c);
            words += letter && !inside ? 1 : 0;
            inside = letter;
        }
        return words;
    }

    private static Object withoutTags(String text, Budget budget) {
        StringBuilder plain = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf('<'); open >= 0; open = text.indexOf('<', at)) {
            boolean comment = text.startsWith("<!--", open);
            int close = text.indexOf(comment ? "-->" : ">", open);
            if (close < 0) {
                break;
            }
            plain.append(text, at, open);
            at = close + (comment ? 3 : 1);
        }
        Object parts = TextMethods.ALL
                .get("split")
                .apply(plain.append(text.substring(at)).toString(), Arguments.NONE, budget);
        return TextSplit.joined(" ", parts, budget);
    }

    private static String urlEncoded(Object value, Budget budget) {
        if (value instanceof String text) {
            return quoted(text, "/", budget);
        }
        Object pairs = value instanceof Dict dict ? Sequence.list(dict.items()) : value;
        List<String> parts = new ArrayList<>();
        for (Object pair : Iteration.list(pairs, budget)) {
            List<Object> both = Iteration.list(pair, budget);
            parts.add(both.stream()
                    .map(each -> quoted(Representation.text(each, budget), "", budget)
                            .replace("%20", "+"))
                    .reduce((key, each) -> key + "=" + each)
                    .orElse(""));
        }
        return String.join("&", parts);
    }

    private static String quoted(String text, String safe, Budget budget) {
        budget.spend(9L * text.length());
        StringBuilder quoted = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > 0 && (Character.isLetterOrDigit(b) || ("-_.~" + safe).indexOf(b) >= 0);
            quoted.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b & 0xFF));
        }
        return quoted.toString();
    }

    private static String xmlAttributes(Object value, Given given, Budget budget) {
        if (!(value instanceof Dict dict)) {
            throw TemplateException.of("xmlattr needs a mapping, not %s", Types.name(value));
        }
        StringBuilder attributes = new StringBuilder();
        for (Map.Entry<Object, Object> entry : dict.entries()) {
            if (entry.getValue() != None.NONE && !(entry.getValue() instanceof Undefined)) {
                attributes
                        .append(attributes.isEmpty() && !given.flag("autospace", true) ? "" : " ")
                        .append(escaped(Representation.text(entry.getKey(), budget), budget))
                        .append("=\"")
                        .append(escaped(Representation.text(entry.getValue(), budget), budget))
                        .append('"');
            }
        }
        return attributes.toString();
    }
}
