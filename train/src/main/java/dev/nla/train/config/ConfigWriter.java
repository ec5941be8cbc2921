package dev.nla.train.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import dev.nla.train.config.setting.Setting;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes resolved settings back as YAML. */
public final class ConfigWriter {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .stringQuotingChecker(new NumbersQuoted())
                    .build())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private ConfigWriter() {}

    /** Quotes texts that YAML would read as numbers, dates among them. */
    private static final class NumbersQuoted extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || value.matches("[-+.]?\\d.*");
        }
    }

    /** Every setting with its value, in the order of the records; reading the text back gives an equal config. */
    public static String yaml(TrainConfig config) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("stage", config.stage().text());
        tree.putAll(values(config));
        try {
            return YAML.writeValueAsString(tree);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The settings in which {@code now} differs from {@code before} although they decide a run's course, so that a resumed run
     * would not be the one that was started; each as {@code key: before → now}.
     */
    public static List<String> differences(TrainConfig before, TrainConfig now) {
        Map<String, Object> old = values(before);
        Map<String, Object> current = values(now);
        return SettingTable.of(now.stage()).settings().stream()
                .filter(setting -> !setting.mayChange())
                .map(SettingInfo::key)
                .filter(key -> !Objects.equals(old.get(key), current.get(key)))
                .map(key -> "%s: %s → %s".formatted(key, old.get(key), current.get(key)))
                .toList();
    }

    /** Every setting with its value as it would be written on the command line, in the order of the records. */
    public static Map<String, String> texts(TrainConfig config) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("stage", config.stage().text());
        values(config).forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }

    private static Map<String, Object> values(TrainConfig config) {
        Map<String, Object> values = new LinkedHashMap<>();
        collect(SettingTable.of(config.stage()), (Record) config, values);
        return values;
    }

    private static void collect(SettingTable table, Record record, Map<String, Object> into) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = read(record, component);
            if (value instanceof Record nested && component.getAnnotation(Setting.class) == null) {
                collect(table, nested, into);
            } else {
                table.find(SettingTable.key(component))
                        .ifPresent(setting -> into.put(setting.key(), SettingValue.plain(setting, value)));
            }
        }
    }

    private static Object read(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
