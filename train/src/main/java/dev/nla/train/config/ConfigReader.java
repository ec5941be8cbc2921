package dev.nla.train.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import dev.nla.model.files.ParserWords;
import dev.nla.train.config.setting.Located;
import dev.nla.train.config.setting.Places;
import dev.nla.train.config.setting.Setting;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Resolves a stage's settings: defaults, under a YAML file, under {@code key=value} overrides. */
public final class ConfigReader {
    private static final String STAGE = "stage";
    /** Who works on a run is no setting of it; whoever starts it reads that. */
    private static final String CLUSTER = "cluster";

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private ConfigReader() {}

    /**
     * Resolves the settings of a run.
     *
     * @param yaml the file, or empty for defaults and overrides alone
     * @param overrides {@code key=value}, the later over the earlier
     * @throws InputException (usage) for a file that cannot be read, an unknown key, a wrong value or a missing one
     */
    public static TrainConfig read(Stage stage, Optional<Path> yaml, List<String> overrides) {
        return read(stage, yaml, overrides, Places.FOLDERS);
    }

    /**
     * Resolves the settings of a run, and finds the models and adapters that they name once all else is known to be in order.
     *
     * @param yaml the file, or empty for defaults and overrides alone
     * @param overrides {@code key=value}, the later over the earlier
     * @throws InputException as {@link #read(Stage, Optional, List)} does, and where a model or an adapter is not found
     */
    public static TrainConfig read(Stage stage, Optional<Path> yaml, List<String> overrides, Places places) {
        SettingTable table = SettingTable.of(stage);
        WrittenSettings written = new WrittenSettings(yaml.map(Path::toString).orElse("command line"));
        yaml.ifPresent(file -> readFile(stage, table, file, written));
        overrides.forEach(override -> readOverride(stage, table, override, written));
        Map<String, Object> values = new LinkedHashMap<>();
        for (SettingInfo setting : table.settings()) {
            values.put(setting.key(), value(stage, setting, written, yaml));
        }
        TrainConfig config = (TrainConfig) build(stage, stage.settings(), values, written);
        blaming(written, List.of(HeldOutMetrics.KEY, KnownRewards.KEY), () -> {
            HeldOutMetrics.requireKnown(config);
            KnownRewards.requireKnown(config);
            return config;
        });
        values.replaceAll((key, value) -> found(key, value, written, places));
        return (TrainConfig) build(stage, stage.settings(), values, written);
    }

    private static Object found(String key, Object value, WrittenSettings written, Places places) {
        if (value instanceof Optional<?> optional) {
            return optional.map(each -> found(key, each, written, places));
        }
        if (!(value instanceof Located named)) {
            return value;
        }
        try {
            return places.find(key, named);
        } catch (InputException e) {
            String source = written.find(key).orElseThrow().source();
            throw InputException.data(e, "%s: %s %s", source, key, e.getMessage());
        }
    }

    /**
     * Which kind of run a file describes.
     *
     * @throws InputException (usage) when the file has no {@code stage} or an unknown one
     */
    public static Stage stageOf(Path yaml) {
        JsonNode stage = tree(yaml).path(STAGE);
        return Arrays.stream(Stage.values())
                .filter(known -> known.text().equals(stage.asText()))
                .findFirst()
                .orElseThrow(() -> InputException.usage(
                        "%s: stage is %s, expected one of %s: add such a line",
                        yaml,
                        stage.isMissingNode() ? "missing" : quoted(stage),
                        Arrays.stream(Stage.values()).map(Stage::text).collect(Collectors.joining(", "))));
    }

    private static void readFile(Stage stage, SettingTable table, Path file, WrittenSettings into) {
        JsonNode tree = tree(file);
        if (tree.has(STAGE) && stageOf(file) != stage) {
            throw InputException.usage(
                    "%s: stage is %s, but this is nla train %s: use nla train %s",
                    file,
                    tree.get(STAGE).asText(),
                    stage.text(),
                    tree.get(STAGE).asText());
        }
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
            if (!entry.getKey().equals(STAGE) && !entry.getKey().equals(CLUSTER)) {
                requireKnown(stage, table, file.toString(), entry.getKey());
                into.inFile(entry.getKey(), entry.getValue());
            }
        }
    }

    private static JsonNode tree(Path file) {
        try {
            JsonNode tree = YAML.readTree(Files.readString(file));
            if (!tree.isObject() && !tree.isMissingNode()) {
                throw InputException.usage("%s holds no settings, expected lines of the form key: value", file);
            }
            return tree;
        } catch (JsonProcessingException wrong) {
            throw InputException.usage(
                    "%s is not YAML at line %d: %s",
                    file, wrong.getLocation() == null ? 0 : wrong.getLocation().getLineNr(), ParserWords.of(wrong));
        } catch (IOException missing) {
            throw InputException.usage(
                    "%s cannot be read (%s): check the path of the config", file, FileFault.of(missing));
        }
    }

    private static void readOverride(Stage stage, SettingTable table, String override, WrittenSettings into) {
        int equals = override.indexOf('=');
        if (equals < 1) {
            throw InputException.usage("command line: '%s' is not a setting, expected key=value", override);
        }
        String key = override.substring(0, equals).strip();
        SettingInfo setting = requireKnown(stage, table, "command line", key);
        String text = override.substring(equals + 1);
        into.onCommandLine(key, text, overrideValue(setting, text));
    }

    /** Lists and maps are YAML on the command line too; everything else is taken as it stands. */
    private static JsonNode overrideValue(SettingInfo setting, String text) {
        if (text.startsWith("[") || text.startsWith("{")) {
            try {
                JsonNode tree = YAML.readTree(text);
                if (!setting.javaType().equals(String.class)) {
                    return tree;
                }
            } catch (JsonProcessingException plainText) {
                return TextNode.valueOf(text);
            }
        }
        return TextNode.valueOf(text);
    }

    private static SettingInfo requireKnown(Stage stage, SettingTable table, String source, String key) {
        return table.find(key).orElseThrow(() -> {
            for (Stage other : Stage.values()) {
                if (SettingTable.of(other).find(key).isPresent()) {
                    return InputException.usage(
                            "%s: %s is a setting of nla train %s, not of %s: take it out",
                            source, key, other.text(), stage.text());
                }
            }
            return InputException.usage(
                    "%s: %s is not a setting of nla train %s, did you mean %s?",
                    source, key, stage.text(), table.nearest(key));
        });
    }

    private static Object value(Stage stage, SettingInfo setting, WrittenSettings written, Optional<Path> yaml) {
        Optional<WrittenSettings.Value> found = written.find(setting.key());
        if (found.isEmpty()) {
            if (setting.required()) {
                throw InputException.usage(
                        "%s: %s is missing (%s): set it in the file or as %s=…",
                        yaml.map(Path::toString).orElse("nla train " + stage.text()),
                        setting.key(),
                        setting.meaning(),
                        setting.key());
            }
            return standard(setting);
        }
        WrittenSettings.Value given = found.get();
        try {
            return SettingValue.parse(setting, given.value());
        } catch (IllegalArgumentException wrong) {
            throw InputException.usage(
                    "%s: %s is %s, expected %s",
                    given.source(), setting.key(), quoted(given.value()), setting.expectation());
        }
    }

    /** The default of a setting that has one. */
    static Object standard(SettingInfo setting) {
        return SettingValue.parse(setting, overrideValue(setting, setting.standard()));
    }

    private static String quoted(JsonNode value) {
        return SettingValue.isEmpty(value)
                ? "empty"
                : value.isTextual() ? "'" + value.asText() + "'" : value.toString();
    }

    private static Record build(
            Stage stage, Class<? extends Record> record, Map<String, Object> values, WrittenSettings written) {
        RecordComponent[] components = record.getRecordComponents();
        Object[] arguments = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            if (types[i] == Stage.class) {
                arguments[i] = stage;
            } else if (types[i].isRecord() && components[i].getAnnotation(Setting.class) == null) {
                arguments[i] = build(stage, types[i].asSubclass(Record.class), values, written);
            } else {
                arguments[i] = values.get(SettingTable.key(components[i]));
            }
        }
        List<String> keys = Arrays.stream(components).map(SettingTable::key).toList();
        return blaming(written, keys, () -> construct(record, types, arguments));
    }

    private static Record construct(Class<? extends Record> record, Class<?>[] types, Object[] arguments) {
        try {
            return record.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof InputException input) {
                throw input;
            }
            throw new IllegalStateException(refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Puts the place in front that a refusal of these settings is to be blamed on. */
    private static <T> T blaming(WrittenSettings written, List<String> keys, Supplier<T> checked) {
        try {
            return checked.get();
        } catch (InputException refused) {
            throw InputException.usage("%s: %s", written.blamed(keys, refused.getMessage()), refused.getMessage());
        }
    }
}
