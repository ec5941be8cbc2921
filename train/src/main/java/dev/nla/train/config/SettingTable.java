package dev.nla.train.config;

import dev.nla.model.EditDistance;
import dev.nla.train.config.setting.Setting;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every setting of a stage, read off the annotated records: what files may hold and what the documentation lists. */
public record SettingTable(Stage stage, List<SettingInfo> settings) {
    /** The settings of one stage in the order of its records. */
    public static SettingTable of(Stage stage) {
        List<SettingInfo> settings = new ArrayList<>();
        collect(stage, stage.settings(), "run", settings);
        return new SettingTable(stage, List.copyOf(settings));
    }

    private static void collect(Stage stage, Class<?> record, String group, List<SettingInfo> into) {
        for (RecordComponent component : record.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            if (setting != null) {
                String key = key(component);
                into.add(new SettingInfo(
                        key,
                        group,
                        component.getGenericType(),
                        stage.defaults().getOrDefault(key, setting.value()),
                        setting.range(),
                        setting.meaning(),
                        setting.mayChange()));
            } else if (component.getType().isRecord()) {
                collect(stage, component.getType(), key(component), into);
            }
        }
    }

    /** The key of a record component: its name in snake_case. */
    static String key(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** The setting of that key. */
    public Optional<SettingInfo> find(String key) {
        return settings.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }

    /** The known key that looks most like {@code key}. */
    public String nearest(String key) {
        String wanted = key.toLowerCase(Locale.ROOT).replace('-', '_');
        return settings.stream()
                .map(SettingInfo::key)
                .min(Comparator.comparingInt(known -> EditDistance.of(wanted, known)))
                .orElseThrow();
    }

    /** The table as Markdown, one section a group: key, type, default, meaning. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        String group = "";
        for (SettingInfo setting : settings) {
            if (!setting.group().equals(group)) {
                group = setting.group();
                text.append("\n### ")
                        .append(group)
                        .append("\n\n| key | value | default | meaning |\n|---|---|---|---|\n");
            }
            text.append("| `%s` | %s | %s | %s |%n"
                    .formatted(setting.key(), setting.expectation(), shown(setting), setting.meaning())
                    .replace(System.lineSeparator(), "\n"));
        }
        return text.substring(1);
    }

    private static String shown(SettingInfo setting) {
        if (setting.required()) {
            return "required";
        }
        return setting.standard().contains("\n") ? "kitft's prompt" : "`" + setting.standard() + "`";
    }
}
