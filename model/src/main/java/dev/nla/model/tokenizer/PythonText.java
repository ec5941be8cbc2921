package dev.nla.model.tokenizer;

import java.beans.FeatureDescriptor;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;

/** Python's methods of str, which chat templates call and jinjava lacks: {@code content.split('</think>')[-1].lstrip('\n')}. */
final class PythonText extends ELResolver {
    @Override
    public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] parameters) {
        if (!(base instanceof CharSequence)) {
            return null;
        }
        Object result = call(base.toString(), String.valueOf(method), parameters == null ? new Object[0] : parameters);
        context.setPropertyResolved(true);
        return result;
    }

    private static Object call(String text, String method, Object[] given) {
        return switch (method) {
            case "startswith" -> text.startsWith(argument(method, given, 0));
            case "endswith" -> text.endsWith(argument(method, given, 0));
            case "strip" -> stripRight(stripLeft(text, given), given);
            case "lstrip" -> stripLeft(text, given);
            case "rstrip" -> stripRight(text, given);
            case "split" -> split(text, given);
            case "replace" -> text.replace(argument(method, given, 0), argument(method, given, 1));
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "title" -> title(text);
            case "capitalize" ->
                text.isEmpty()
                        ? text
                        : text.substring(0, 1).toUpperCase(Locale.ROOT)
                                + text.substring(1).toLowerCase(Locale.ROOT);
            case "find" -> (long) text.indexOf(argument(method, given, 0));
            case "count" -> (long) text.split(Pattern.quote(argument(method, given, 0)), -1).length - 1;
            default -> throw new UnsupportedOperationException("texts have no method " + method + " here");
        };
    }

    private static String argument(String method, Object[] given, int index) {
        if (given.length <= index || given[index] == null) {
            throw new UnsupportedOperationException(method + " needs " + (index + 1) + " argument(s)");
        }
        return given[index].toString();
    }

    private static IntPredicate stripped(Object[] given) {
        if (given.length == 0 || given[0] == null) {
            return c -> Character.isWhitespace(c) || Character.isSpaceChar(c);
        }
        String characters = given[0].toString();
        return c -> characters.indexOf(c) >= 0;
    }

    private static String stripLeft(String text, Object[] given) {
        IntPredicate stripped = stripped(given);
        int start = 0;
        while (start < text.length() && stripped.test(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    private static String stripRight(String text, Object[] given) {
        IntPredicate stripped = stripped(given);
        int end = text.length();
        while (end > 0 && stripped.test(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    private static List<String> split(String text, Object[] given) {
        if (given.length == 0 || given[0] == null) {
            String whole = stripRight(stripLeft(text, given), given);
            return whole.isEmpty() ? List.of() : Arrays.asList(whole.split("[\\s\\h]+"));
        }
        int parts = given.length > 1 ? ((Number) given[1]).intValue() + 1 : -1;
        return Arrays.asList(text.split(Pattern.quote(given[0].toString()), parts <= 0 ? -1 : parts));
    }

    private static String title(String text) {
        StringBuilder titled = new StringBuilder(text.length());
        boolean inside = false;
        for (char c : text.toCharArray()) {
            titled.append(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inside = Character.isLetter(c);
        }
        return titled.toString();
    }

    @Override
    public Object getValue(ELContext context, Object base, Object property) {
        return null;
    }

    @Override
    public Class<?> getType(ELContext context, Object base, Object property) {
        return null;
    }

    @Override
    public void setValue(ELContext context, Object base, Object property, Object value) {
        throw new UnsupportedOperationException("templates cannot change what they are given");
    }

    @Override
    public boolean isReadOnly(ELContext context, Object base, Object property) {
        return true;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
        return Collections.emptyIterator();
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, Object base) {
        return Object.class;
    }
}
