package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.nla.train.config.SettingInfo;
import dev.nla.train.config.SettingSchema;
import dev.nla.train.config.SettingTable;
import dev.nla.train.config.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Protects editors' help with config files: the published schemas are the program's own ({@code -Dnla.reference=write} writes them anew),
 * accept every file that ships, and refuse each value that the program refuses.
 */
class ConfigSchemaTest {
    private static final Path FOLDER = Path.of(System.getProperty("nla.root"), "configs", "schema");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final List<String> VALUES = List.of(
            "-2",
            "-1",
            "0",
            "1",
            "2",
            "1.5",
            "101",
            "5000000000",
            "auto",
            "none",
            "nonsense",
            "true",
            "''",
            "'7'",
            "[]",
            "[q_proj]",
            "[1]",
            "{}",
            "{a: 2}",
            "{a: 0}",
            "{a: 1.5}",
            "null");

    @TempDir
    private Path folder;

    @Test
    void thePublishedSchemasAreTheProgramsOwn() throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("train.json", Outcome.of("config", "schema").out());
        for (Stage stage : Stage.values()) {
            expected.put(
                    stage.text() + ".json",
                    Outcome.of("config", "schema", stage.text()).out());
        }
        for (Map.Entry<String, String> schema : expected.entrySet()) {
            Path file = FOLDER.resolve(schema.getKey());
            if ("write".equals(System.getProperty("nla.reference"))) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, schema.getValue());
            }
            assertThat(file).as("made anew with -Dnla.reference=write").hasContent(schema.getValue());
        }
    }

    static List<Path> presets() throws IOException {
        return PresetsTest.presets();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyPresetFulfilsTheSchemaThatItNames(Path preset) throws IOException {
        String first = Files.readAllLines(preset).get(0);
        assertThat(first).startsWith("# yaml-language-server: $schema=");
        Path named =
                preset.resolveSibling(first.substring(first.indexOf('=') + 1)).normalize();
        JsonNode settings = YAML.readTree(Files.readString(preset));
        assertThat(named).isEqualTo(FOLDER.resolve(settings.get("stage").asText() + ".json"));
        assertThat(errors(Files.readString(named), settings)).isEmpty();
        assertThat(errors(SettingSchema.ofAll(), settings)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void allSettingsAsARunSavesThemFulfilIt(Stage stage) throws IOException {
        Outcome resolved = Outcome.of("config", "show", write(needed(stage)));
        JsonNode settings = YAML.readTree(resolved.out());
        assertThat(settings.size()).isGreaterThan(25);
        assertThat(errors(SettingSchema.of(stage), settings)).isEmpty();
        assertThat(errors(SettingSchema.ofAll(), settings)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void whatTheProgramRefusesTheSchemaRefusesToo(Stage stage) throws IOException {
        String schema = SettingSchema.of(stage);
        int refused = 0;
        for (SettingInfo setting : SettingTable.of(stage).settings()) {
            for (String value : VALUES) {
                ObjectNode settings = needed(stage);
                settings.set(setting.key(), YAML.readTree(value));
                String said = Outcome.of("config", "validate", write(settings)).err();
                if (said.contains(": " + setting.key() + " is ")
                        && said.contains("expected " + setting.expectation())) {
                    assertThat(errors(schema, settings)).as(said).isNotEmpty();
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(200);
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void anUnknownKeyAndAnotherStageAreRefused(Stage stage) {
        assertThat(errors(SettingSchema.of(stage), needed(stage))).isEmpty();
        assertThat(errors(SettingSchema.of(stage), needed(stage).put("lerning_rate", 1)))
                .isNotEmpty();
        assertThat(errors(SettingSchema.of(stage), needed(stage).put("stage", "sftt")))
                .isNotEmpty();
        assertThat(errors(SettingSchema.ofAll(), needed(stage).put("lerning_rate", 1)))
                .isNotEmpty();
        assertThat(errors(SettingSchema.ofAll(), needed(stage).put("stage", "sftt")))
                .isNotEmpty();
    }

    @Test
    void itSaysWhatEditorsShow() throws IOException {
        JsonNode sft = new ObjectMapper().readTree(SettingSchema.of(Stage.SFT));
        JsonNode rate =
                new ObjectMapper().readTree(SettingSchema.of(Stage.GRPO)).at("/properties/learning_rate");
        assertThat(rate.get("default").asDouble()).isEqualTo(5e-5);
        assertThat(rate.get("exclusiveMinimum").asDouble()).isZero();
        assertThat(rate.get("description").asText())
                .isEqualTo("Highest learning rate of the schedule: a number above 0.");
        assertThat(sft.at("/properties/lora_dropout/exclusiveMaximum").asDouble())
                .isEqualTo(1);
        assertThat(sft.at("/properties/compute_dtype/enum")).hasSize(3);
    }

    private static List<Error> errors(String schema, JsonNode settings) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(settings);
    }

    private static ObjectNode needed(Stage stage) {
        ObjectNode settings = new ObjectMapper().createObjectNode().put("stage", stage.text());
        SettingTable.of(stage).settings().stream()
                .filter(SettingInfo::required)
                .forEach(setting -> settings.put(
                        setting.key(),
                        setting.choices().isEmpty() ? "a" : setting.choices().get(0)));
        return settings;
    }

    private Path write(ObjectNode settings) throws IOException, JsonProcessingException {
        return Files.writeString(folder.resolve("settings.yaml"), YAML.writeValueAsString(settings));
    }
}
