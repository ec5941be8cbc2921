package dev.nla.train.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.train.config.setting.Located;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Turns what a user wrote into a value of a setting's type and back. */
final class SettingValue {
    private SettingValue() {}

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException when {@code node} is not what {@link #expectation} says
     */
    static Object parse(SettingInfo info, JsonNode node) {
        Type type = info.javaType();
        if (isOptional(type) && (isEmpty(node) || node.asText().equals(absent(info)))) {
            return empty(type);
        }
        if (type == OptionalInt.class) {
            return OptionalInt.of((int) whole(info, node, Integer.MIN_VALUE, Integer.MAX_VALUE));
        } else if (type == OptionalDouble.class) {
            return OptionalDouble.of(number(info, node));
        } else if (raw(type) == Optional.class) {
            return Optional.of(scalar(info, argument(type, 0), node));
        } else if (raw(type) == List.class) {
            return list(argument(type, 0), node);
        } else if (raw(type) == Map.class) {
            return map(info, argument(type, 1), node);
        }
        return scalar(info, type, node);
    }

    private static Object scalar(SettingInfo info, Type type, JsonNode node) {
        require(node.isValueNode() && !node.isNull());
        if (type == int.class || type == Integer.class) {
            return (int) whole(info, node, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (type == long.class) {
            return whole(info, node, Long.MIN_VALUE, Long.MAX_VALUE);
        } else if (type == double.class || type == Double.class) {
            return number(info, node);
        } else if (type == boolean.class) {
            String text = node.asText().strip();
            require(text.equals("true") || text.equals("false"));
            return text.equals("true");
        } else if (type == String.class || type == Path.class || type == Located.class) {
            require(node.isTextual() && !node.asText().isBlank()); // YAML reads 2026_01_02 as 20260102
            return type == String.class
                    ? node.asText()
                    : type == Path.class ? Path.of(node.asText().strip()) : Located.at(node.asText());
        }
        return constant(type, node.asText().strip());
    }

    private static long whole(SettingInfo info, JsonNode node, long low, long high) {
        long value = Long.parseLong(node.asText().strip());
        require(value >= low
                && value <= high
                && SettingRange.parse(info.range()).contains(value));
        return value;
    }

    private static double number(SettingInfo info, JsonNode node) {
        String text = node.asText().strip();
        require(text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?"));
        double value = Double.parseDouble(text);
        require(SettingRange.parse(info.range()).contains(value));
        return value;
    }

    private static List<?> list(Type element, JsonNode node) {
        List<String> values = new ArrayList<>();
        if (node.isArray()) {
            for (JsonNode each : node) {
                require(each.isTextual());
                values.add(each.asText().strip());
            }
        } else {
            require(node.isTextual());
            Arrays.stream(node.asText().split(",")).map(String::strip).forEach(values::add);
        }
        return element == String.class
                ? List.copyOf(values)
                : values.stream().map(text -> constant(element, text)).toList();
    }

    private static Enum<?> constant(Type type, String text) {
        return constants(type).stream()
                .filter(constant -> text(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    private static Map<String, Object> map(SettingInfo info, Type valueType, JsonNode node) {
        require(node.isObject());
        Map<String, Object> values = new LinkedHashMap<>();
        node.properties().forEach(entry -> values.put(entry.getKey(), scalar(info, valueType, entry.getValue())));
        return values;
    }

    /** What a value has to be, in words. */
    static String expectation(SettingInfo info) {
        Type type = info.javaType();
        String bounds = SettingRange.parse(info.range()).describe();
        String words;
        if (type == int.class || type == long.class || type == OptionalInt.class) {
            words = "a whole number" + bounds;
        } else if (type == double.class || type == OptionalDouble.class) {
            words = "a number" + bounds;
        } else if (type == boolean.class) {
            words = "true or false";
        } else if (raw(type) == List.class) {
            words = argument(type, 0) == String.class
                    ? "a list of names"
                    : "one or several of " + String.join(", ", choices(argument(type, 0)));
        } else if (raw(type) == Map.class) {
            words = "a map from names to " + (argument(type, 1) == Integer.class ? "whole numbers" : "numbers")
                    + bounds;
        } else if (List.of(String.class, Path.class, Located.class).contains(type) || raw(type) == Optional.class) {
            Type inner = raw(type) == Optional.class ? argument(type, 0) : type;
            words = (inner == Path.class ? "a path" : inner == Located.class ? "a folder or REPO[@REV]" : "a text")
                    + " (in quotes where it looks like a number)";
        } else {
            words = "one of " + String.join(", ", choices(type));
        }
        return isOptional(type) ? words + " or " + absent(info) : words;
    }

    /** The value as a tree of strings, numbers, lists and maps that a YAML writer knows. */
    static Object plain(SettingInfo info, Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? plain(info, optional.get()) : absent(info);
        } else if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? (Object) optional.getAsInt() : absent(info);
        } else if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? (Object) optional.getAsDouble() : absent(info);
        } else if (value instanceof Enum<?> constant) {
            return text(constant);
        } else if (value instanceof List<?> list) {
            return list.stream().map(each -> plain(info, each)).toList();
        }
        return value instanceof Path || value instanceof Located ? value.toString() : value;
    }

    static boolean isOptional(Type type) {
        return type == OptionalInt.class || type == OptionalDouble.class || raw(type) == Optional.class;
    }

    /** Whether nothing stands behind the key. */
    static boolean isEmpty(JsonNode node) {
        return node.isNull() || (node.isTextual() && node.asText().isEmpty());
    }

    private static Object empty(Type type) {
        return type == OptionalInt.class
                ? OptionalInt.empty()
                : type == OptionalDouble.class ? OptionalDouble.empty() : Optional.empty();
    }

    /** The word for "not set": an optional setting's default. */
    private static String absent(SettingInfo info) {
        return info.standard();
    }

    static Type raw(Type type) {
        return type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
    }

    /** The class of a value that is there, or of one in a list; of maps their own. */
    static Class<?> inner(Type type) {
        return (Class<?>) (raw(type) == Optional.class || raw(type) == List.class ? argument(type, 0) : raw(type));
    }

    static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    /** The words that a value of this enum is written in. */
    static List<String> choices(Type type) {
        return constants(type).stream().map(SettingValue::text).toList();
    }

    private static List<? extends Enum<?>> constants(Type type) {
        return Arrays.stream(((Class<?>) type).getEnumConstants())
                .map(constant -> (Enum<?>) constant)
                .toList();
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException();
        }
    }
}
