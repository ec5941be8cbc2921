package dev.nla.train.config;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What files of settings may hold, as JSON Schema, draft 2020-12: made from the records that declare the settings, for editors that complete
 * and check what is written. Each is indented JSON that ends with a line break. It knows single values; what settings may not be together only a reader of the file says.
 */
public final class SettingSchema {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    private SettingSchema() {}

    /** The schema of one stage's files. What the command line may add is not required here. */
    public static String of(Stage stage) {
        return text(document("Settings of nla train " + stage.text()).setAll(body(stage)));
    }

    /** The schema of all stages' files, of which each says by {@code stage} which it is. */
    public static String ofAll() {
        ObjectNode schema = document("Settings of nla train");
        schema.put("type", "object").putArray("required").add("stage");
        ArrayNode stages = schema.putObject("properties").putObject("stage").putArray("enum");
        ArrayNode cases = schema.putArray("allOf");
        ObjectNode definitions = JSON.createObjectNode();
        for (Stage stage : Stage.values()) {
            stages.add(stage.text());
            ObjectNode one = cases.addObject();
            one.putObject("if").putObject("properties").putObject("stage").put("const", stage.text());
            one.putObject("then").put("$ref", "#/$defs/" + stage.text());
            definitions.set(stage.text(), body(stage));
        }
        schema.set("$defs", definitions);
        return text(schema);
    }

    private static String text(ObjectNode schema) {
        return schema.toPrettyString().replace(System.lineSeparator(), "\n") + "\n";
    }

    private static ObjectNode document(String title) {
        return JSON.createObjectNode().put("$schema", DRAFT).put("title", title);
    }

    private static ObjectNode body(Stage stage) {
        ObjectNode schema = JSON.createObjectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("stage").put("description", "the kind of run").put("const", stage.text());
        properties
                .putObject("cluster")
                .put(
                        "description",
                        "Who works on the run's parts, see docs/how-to/run-on-a-cluster.md; no setting of the run.")
                .put("type", "object");
        SettingTable.of(stage).settings().forEach(setting -> properties.set(setting.key(), property(setting)));
        return schema;
    }

    private static ObjectNode property(SettingInfo setting) {
        ObjectNode property = JSON.createObjectNode().put("description", description(setting));
        if (!setting.required()) {
            property.set("default", JSON.valueToTree(SettingValue.plain(setting, ConfigReader.standard(setting))));
        }
        return property.setAll(ValueSchema.of(setting));
    }

    private static String description(SettingInfo setting) {
        String meaning = setting.meaning();
        return meaning.substring(0, 1).toUpperCase(Locale.ROOT)
                + meaning.substring(1)
                + ": " + setting.expectation()
                + (setting.required() ? ". Needed, here or on the command line" : "")
                + (setting.mayChange() ? ". May be changed when a run goes on" : "")
                + ".";
    }
}
