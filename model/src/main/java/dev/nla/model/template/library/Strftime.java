package dev.nla.model.template.library;

import dev.nla.model.template.value.TemplateException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Times in the form of C's strftime. */
final class Strftime {
    private static final Map<Character, String> PATTERNS = Map.ofEntries(
            Map.entry('d', "dd"),
            Map.entry('e', "ppd"),
            Map.entry('m', "MM"),
            Map.entry('Y', "yyyy"),
            Map.entry('y', "yy"),
            Map.entry('b', "MMM"),
            Map.entry('B', "MMMM"),
            Map.entry('a', "EEE"),
            Map.entry('A', "EEEE"),
            Map.entry('H', "HH"),
            Map.entry('I', "hh"),
            Map.entry('M', "mm"),
            Map.entry('S', "ss"),
            Map.entry('p', "a"),
            Map.entry('j', "DDD"),
            Map.entry('F', "yyyy-MM-dd"),
            Map.entry('T', "HH:mm:ss"),
            Map.entry('D', "MM/dd/yy"),
            Map.entry('R', "HH:mm"));

    private Strftime() {}

    static String format(ZonedDateTime time, String format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            char directive = format.charAt(++i);
            if (directive == '-' && i + 1 < format.length() && "dmHIMS".indexOf(format.charAt(i + 1)) >= 0) {
                text.append(Integer.parseInt(spelled(time, format.charAt(++i))));
            } else {
                text.append(directive == '%' ? "%" : spelled(time, directive));
            }
        }
        return text.toString();
    }

    private static String spelled(ZonedDateTime time, char directive) {
        String pattern = PATTERNS.get(directive);
        if (pattern == null) {
            throw TemplateException.of("strftime_now knows no %%%s", directive);
        }
        return DateTimeFormatter.ofPattern(pattern, Locale.US).format(time);
    }
}
