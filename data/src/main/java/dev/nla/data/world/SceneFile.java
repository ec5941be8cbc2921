package dev.nla.data.world;

import dev.nla.data.dataset.Split;
import dev.nla.data.jsonl.JsonLines;
import dev.nla.data.split.SplitRatios;
import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Writes scenes as {@code texts.jsonl}: id, text, description, the facts that the text states, and a split by combination of facts. The
 * same rows, seed and shares give the same file.
 *
 * @param rows how many, all splits together
 * @param seed of everything that is drawn
 * @param shares of the splits: scenes of a split that has its own are drawn past; empty for all scenes as they are drawn, about 80 %
 *     train, 10 % validation, 10 % test
 */
public record SceneFile(int rows, long seed, Optional<SplitRatios> shares) {
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

    /** Scenes as they are drawn. */
    public SceneFile(int rows, long seed) {
        this(rows, seed, Optional.empty());
    }

    /** Texts with the descriptions of a teacher, to train verbalizers and reconstructors on. */
    public void writeDescribed(Path target, SceneTeacher teacher) {
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
        Map<Split, Integer> open = places();
        AtomicFiles.replace(target, temporary -> {
            try (BufferedWriter writer = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                int written = 0;
                while (written < rows) {
                    Telling telling = teller.apply(root.split());
                    if (open.merge(telling.scene().split(), -1, Integer::sum) < 0) {
                        continue;
                    }
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("id", "scene-%06d".formatted(written++));
                    fields.put("text", telling.text());
                    fields.put("description", telling.description());
                    fields.put("facts", telling.scene().facts());
                    fields.put("split", telling.scene().split().label());
                    JsonLines.append(writer, fields);
                }
            }
        });
    }

    /** How many rows each split has room for; rounded shares, of which the train split takes the rest. */
    private Map<Split, Integer> places() {
        Map<Split, Integer> places = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            places.put(
                    split,
                    shares.map(ratios -> (int) Math.round(ratios.of(split) * rows))
                            .orElse(rows));
        }
        shares.ifPresent(
                ratios -> places.put(Split.TRAIN, rows - places.get(Split.VALIDATION) - places.get(Split.TEST)));
        return places;
    }
}
