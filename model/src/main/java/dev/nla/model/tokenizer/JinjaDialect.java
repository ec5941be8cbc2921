package dev.nla.model.tokenizer;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites the two constructs of Jinja that jinjava does not parse and Qwen3's template uses: {@code namespace(last=messages|length - 1)},
 * because jinjava binds {@code name=} more tightly than operators (the value gets parentheses), and {@code messages[::-1]} (becomes the
 * filter {@code reverse}).
 */
final class JinjaDialect {
    private static final Pattern TAG = Pattern.compile("\\{[%{].*?[%}]\\}", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("\\bnamespace\\(");

    private static final Pattern TEXT =
            Pattern.compile("'(?:\\\\.|[^'\\\\])*'|\"(?:\\\\.|[^\"\\\\])*\"", Pattern.DOTALL);
    private static final Pattern FILTER = Pattern.compile("\\|\\s*([A-Za-z_]\\w*)");
    private static final Pattern FILTERED_LOOP =
            Pattern.compile("\\{%[-+]?\\s*for\\s((?!\\selse\\s).)*\\sif\\s((?!\\selse\\s).)*%\\}", Pattern.DOTALL);

    private JinjaDialect() {}

    /**
     * What in a template jinjava would pass over in silence instead of computing or refusing it: filters it does not have, and loops with
     * a condition.
     */
    static Optional<String> passedOver(String source, Predicate<String> filters) {
        for (MatchResult tag : TAG.matcher(source).results().toList()) {
            String code = TEXT.matcher(tag.group()).replaceAll("''");
            if (FILTERED_LOOP.matcher(code).matches()) {
                return Optional.of("loops with a condition (for … in … if …)");
            }
            Optional<String> unknown = FILTER.matcher(code)
                    .results()
                    .map(filter -> filter.group(1))
                    .filter(filters.negate())
                    .findFirst();
            if (unknown.isPresent()) {
                return Optional.of("the filter " + unknown.get());
            }
        }
        return Optional.empty();
    }

    /** The template in jinjava's dialect; text outside of tags stays as it is. */
    static String translate(String source) {
        return TAG.matcher(source)
                .replaceAll(
                        tag -> Matcher.quoteReplacement(namespaces(tag.group()).replace("[::-1]", "|reverse")));
    }

    private static String namespaces(String source) {
        StringBuilder rewritten = new StringBuilder();
        Matcher call = CALL.matcher(source);
        int copied = 0;
        while (call.find(copied)) {
            int end = closing(source, call.end());
            if (end < 0) {
                break;
            }
            rewritten.append(source, copied, call.end()).append(arguments(source.substring(call.end(), end)));
            copied = end;
        }
        return rewritten.append(source.substring(copied)).toString();
    }

    private static String arguments(String list) {
        StringBuilder rewritten = new StringBuilder();
        int start = 0;
        while (start < list.length()) {
            int end = comma(list, start);
            String argument = list.substring(start, end);
            int equals = argument.indexOf('=');
            boolean named = equals > 0 && argument.substring(0, equals).matches("\\s*\\w+\\s*");
            rewritten.append(
                    named
                            ? argument.substring(0, equals).strip() + "=("
                                    + argument.substring(equals + 1).strip() + ")"
                            : argument);
            if (end < list.length()) {
                rewritten.append(", ");
            }
            start = end + 1;
        }
        return rewritten.toString();
    }

    /** The index of the parenthesis that closes the one before {@code from}, or -1. */
    private static int closing(String text, int from) {
        return scan(text, from, false);
    }

    private static int comma(String text, int from) {
        int found = scan(text, from, true);
        return found < 0 ? text.length() : found;
    }

    private static int scan(String text, int from, boolean forComma) {
        int depth = 0;
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                if (depth-- == 0) {
                    return forComma ? -1 : i;
                }
            } else if (forComma && c == ',' && depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
