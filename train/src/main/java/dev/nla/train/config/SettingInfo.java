package dev.nla.train.config;

import dev.nla.train.config.setting.Setting;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of the documentation of settings.
 *
 * @param key the name users write
 * @param group the record component that the setting lives in, such as {@code optimizer}; {@code run} for those at the top
 * @param javaType the component's generic type, which decides how values are read
 * @param standard the default as users would write it, or {@link Setting#REQUIRED}
 * @param range allowed numbers as an interval, or empty
 * @param meaning what it does, in one line
 * @param mayChange whether a resumed run may have another value
 */
public record SettingInfo(
        String key, String group, Type javaType, String standard, String range, String meaning, boolean mayChange) {
    /** Whether the user has to give a value. */
    public boolean required() {
        return standard.equals(Setting.REQUIRED);
    }

    /** The words that it can be: those of an enum, true and false, and that for "not set"; none where any text or number will do. */
    public List<String> choices() {
        List<String> choices = new ArrayList<>();
        Class<?> inner = SettingValue.inner(javaType);
        if (inner.isEnum()) {
            choices.addAll(SettingValue.choices(inner));
        } else if (inner == boolean.class) {
            choices.addAll(List.of("true", "false"));
        }
        if (SettingValue.isOptional(javaType)) {
            choices.add(standard);
        }
        return choices;
    }

    /** What a value has to be, in words: {@code a number above 0}, {@code one of raw, centered}. */
    public String expectation() {
        return SettingValue.expectation(this);
    }
}
