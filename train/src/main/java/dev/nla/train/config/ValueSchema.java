package dev.nla.train.config;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What a setting's value has to be, as JSON Schema: what {@link SettingValue} reads. */
final class ValueSchema {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TYPE = "type";

    private ValueSchema() {}

    /** Keywords that a value of the setting fulfils. */
    static ObjectNode of(SettingInfo info) {
        Type type = info.javaType();
        if (!SettingValue.isOptional(type)) {
            return keywords(info, type);
        }
        Type inner = type == OptionalInt.class
                ? int.class
                : type == OptionalDouble.class ? double.class : SettingValue.argument(type, 0);
        ObjectNode schema = JSON.createObjectNode();
        ArrayNode either = schema.putArray("anyOf");
        either.addObject().putArray("enum").add(info.standard()).addNull();
        either.add(keywords(info, inner));
        return schema;
    }

    private static ObjectNode keywords(SettingInfo info, Type type) {
        ObjectNode schema = JSON.createObjectNode();
        if (List.of(int.class, Integer.class, long.class).contains(type)) {
            bounded(schema.put(TYPE, "integer"), info);
            return schema.has("maximum")
                    ? schema
                    : schema.put("maximum", type == long.class ? Long.MAX_VALUE : Integer.MAX_VALUE);
        } else if (type == double.class || type == Double.class) {
            return bounded(schema.put(TYPE, "number"), info);
        } else if (type == boolean.class) {
            return schema.put(TYPE, "boolean");
        } else if (SettingValue.raw(type) == List.class) {
            ObjectNode element = keywords(info, SettingValue.argument(type, 0));
            ArrayNode either = schema.putArray("anyOf");
            either.addObject().put(TYPE, "array").set("items", element);
            either.add(element.deepCopy());
            either.addObject().put(TYPE, "string").put("pattern", ",");
            return schema;
        } else if (SettingValue.raw(type) == Map.class) {
            schema.put(TYPE, "object").set("additionalProperties", keywords(info, SettingValue.argument(type, 1)));
            return schema;
        } else if (type instanceof Class<?> known && known.isEnum()) {
            ArrayNode choices = schema.putArray("enum");
            SettingValue.choices(type).forEach(choices::add);
            return schema;
        }
        return schema.put(TYPE, "string").put("pattern", "\\S");
    }

    private static ObjectNode bounded(ObjectNode schema, SettingInfo info) {
        SettingRange range = SettingRange.parse(info.range());
        bound(schema, range.lowIncluded() ? "minimum" : "exclusiveMinimum", range.low());
        bound(schema, range.highIncluded() ? "maximum" : "exclusiveMaximum", range.high());
        return schema;
    }

    private static void bound(ObjectNode schema, String keyword, double end) {
        if (end == Math.rint(end) && !Double.isInfinite(end)) {
            schema.put(keyword, (long) end);
        } else if (!Double.isInfinite(end)) {
            schema.put(keyword, end);
        }
    }
}
