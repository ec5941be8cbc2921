package dev.nla.model.template.library;

import dev.nla.model.template.call.Given;
import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.CodePoints;
import dev.nla.model.template.value.None;
import dev.nla.model.template.value.Slice;

/** Looking for texts in texts. */
final class TextSearch {
    private TextSearch() {}

    static String replaced(String text, String old, String with, long given, Budget budget) {
        long most = given < 0 ? Long.MAX_VALUE : given;
        budget.search(text.length(), old.length());
        if (old.isEmpty()) {
            return spread(text, with, most, budget);
        }
        StringBuilder replaced = new StringBuilder();
        int copied = 0;
        int at = text.indexOf(old);
        for (long done = 0; at >= 0 && done < most; done++) {
            budget.step();
            budget.spend(with.length());
            replaced.append(text, copied, at).append(with);
            copied = at + old.length();
            at = text.indexOf(old, copied);
        }
        return copied == 0 && replaced.isEmpty()
                ? text
                : replaced.append(text, copied, text.length()).toString();
    }

    /** Replacing the empty text puts the new one around every character. */
    private static String spread(String text, String with, long most, Budget budget) {
        StringBuilder spread = new StringBuilder();
        long done = 0;
        for (int c : text.codePoints().toArray()) {
            budget.spend(with.length());
            spread.append(done++ < most ? with : "").appendCodePoint(c);
        }
        return spread.append(done < most ? with : "").toString();
    }

    static long count(String text, String sought, Budget budget) {
        budget.search(text.length(), sought.length());
        if (sought.isEmpty()) {
            return CodePoints.length(text) + 1L;
        }
        long count = 0;
        for (int at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length())) {
            count++;
        }
        return count;
    }

    /** The first place, counted by characters of Unicode, or -1. */
    static long first(String text, Given given, Budget budget) {
        return place(text, given, budget, false);
    }

    /** The last place, or -1. */
    static long last(String text, Given given, Budget budget) {
        return place(text, given, budget, true);
    }

    private static long place(String text, Given given, Budget budget, boolean last) {
        Slice.Bounds bounds = new Slice(given.value("start", None.NONE), given.value("end", None.NONE), None.NONE)
                .bounds(CodePoints.length(text));
        if (bounds.stop() < bounds.start()) {
            return -1;
        }
        String part = CodePoints.between(text, bounds.start(), bounds.stop());
        String sought = given.text("sub");
        budget.search(part.length(), sought.length());
        int at = last ? part.lastIndexOf(sought) : part.indexOf(sought);
        return at < 0 ? -1 : bounds.start() + part.codePointCount(0, at);
    }
}
