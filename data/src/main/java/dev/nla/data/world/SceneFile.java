package dev.nla.data.world;

import dev.nla.data.jsonl.JsonLines;
import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Writes scenes as {@code texts.jsonl}: id, text, description, the facts that the text states, and a split by combination of facts. Row i
 * is a function of seed and i alone.
 *
 * @param rows how many, all splits together; about 80 % train, 10 % validation, 10 % test
 * @param seed of everything that is drawn
 */
public record SceneFile(int rows, long seed) {
    /**
     * Checks the number of rows.
     *
     * @throws InputException (usage) below 1
     */
    public SceneFile {
        if (rows < 1) {
            throw InputException.usage("%d scenes were asked for, expected at least 1", rows);
        }
    }

    /** Texts with the descriptions of a teacher, to train verbalizers and reconstructors on. */
    public void writeDescribed(Path target, Teacher teacher) {
        SceneGrammar grammar = SceneGrammar.shipped();
        Storyteller storyteller = new Storyteller(grammar);
        write(target, random -> {
            Scene scene = Scene.draw(grammar, random);
            String text = storyteller.tell(scene, random);
            return new Telling(scene, text, teacher.describe(grammar, scene, random));
        });
    }

    /** Requests with their answers, to train a language model on. */
    public void writeConversations(Path target) {
        SceneGrammar grammar = SceneGrammar.shipped();
        Conversation conversation = new Conversation(new Storyteller(grammar));
        write(target, conversation::draw);
    }

    /** A scene, its text and what is said about it. */
    record Telling(Scene scene, String text, String description) {}

    private void write(Path target, Function<SplittableRandom, Telling> teller) {
        SplittableRandom root = new SplittableRandom(seed);
        AtomicFiles.replace(target, temporary -> {
            try (BufferedWriter writer = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                for (int i = 0; i < rows; i++) {
                    Telling telling = teller.apply(root.split());
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("id", "scene-%06d".formatted(i));
                    fields.put("text", telling.text());
                    fields.put("description", telling.description());
                    fields.put("facts", telling.scene().facts());
                    fields.put("split", telling.scene().split().label());
                    JsonLines.append(writer, fields);
                }
            }
        });
    }
}
