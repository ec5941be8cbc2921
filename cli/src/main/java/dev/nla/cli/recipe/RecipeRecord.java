package dev.nla.cli.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.data.digest.Sha256;
import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code recipe.json} in a recipe's folder: what it was made for, and which of its commands are done. */
final class RecipeRecord {
    private static final String DONE = "done";

    private final Path file;
    private final ObjectNode root;

    private RecipeRecord(Path file, ObjectNode root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Takes a folder for a recipe, or goes on with one that was taken for the same.
     *
     * @throws InputException where the folder is of another recipe
     */
    static RecipeRecord open(Recipe recipe) {
        Path file = recipe.output().resolve("recipe.json");
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.put("recipe", recipe.kind().label())
                .put("model", recipe.model())
                .put("texts", Sha256.of(recipe.texts()))
                .put("layer", recipe.layer())
                .put("per_text", recipe.perText())
                .put("seed", recipe.seed());
        if (Files.notExists(file)) {
            return new RecipeRecord(file, made);
        }
        ObjectNode found = Document.json(file).tree();
        for (Map.Entry<String, JsonNode> wanted : made.properties()) {
            if (!found.path(wanted.getKey()).asText().equals(wanted.getValue().asText())) {
                throw InputException.usage(
                        "--output %s holds a recipe with %s %s, not %s: give that, or another folder",
                        recipe.output(),
                        wanted.getKey(),
                        found.path(wanted.getKey()).asText(),
                        wanted.getValue().asText());
            }
        }
        return new RecipeRecord(file, found);
    }

    boolean isDone(String step) {
        return root.path(DONE).has(step);
    }

    /** Remembers that a command is done; the disk has it when this returns. */
    void done(String step) {
        root.withObject("/" + DONE).put(step, true);
        save();
    }

    void save() {
        AtomicFiles.write(file, root.toPrettyString() + "\n");
    }
}
