package dev.nla.cli.recipe;

import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pipeline: the settings of its stages, and the commands that run it.
 *
 * @param kind which activations the verbalizer is for
 * @param home the checkout or release, which holds {@code configs}
 * @param model the base model as it was given
 * @param texts the file of texts
 * @param layer the block whose outputs are described
 * @param perText activations of each text, for any position
 * @param seed of everything that is drawn
 * @param output the folder that everything goes to
 */
record Recipe(RecipeKind kind, Path home, String model, Path texts, int layer, int perText, long seed, Path output) {
    /** The stages in their order; the reconstructor comes before those that it judges. */
    private static final List<String> STAGES = List.of("reconstructor", "sft", "grpo", "hardneg");

    /** Times that the rows of training are gone through by the first two stages at most. */
    private static final int MOST_EPOCHS = 3;

    private static final int BATCH = 16;

    /** Tokens of a description: four words that were just read may be long ones, and a preset's own texts are known. */
    private static final String LONGEST = "192";

    /**
     * A command of the pipeline.
     *
     * @param name what it is called in the folder's record
     * @param words the command without the program's name
     */
    record Step(String name, List<String> words) {
        /** As it is typed. */
        String line() {
            List<String> quoted = new ArrayList<>(List.of("nla"));
            words.forEach(word ->
                    quoted.add(word.matches("[\\w@%+=:,./~-]+") ? word : "'" + word.replace("'", "'\\''") + "'"));
            return String.join(" ", quoted);
        }
    }

    /** Where a stage's settings lie. */
    Path config(String stage) {
        return output.resolve("configs").resolve(stage + ".yaml");
    }

    private Path adapter(String stage) {
        return output.resolve(stage).resolve("adapter");
    }

    private Path dataset() {
        return output.resolve("dataset");
    }

    /**
     * Writes the settings of all stages; those that are there already stay as they are, so that they can be edited.
     *
     * @param config of the base model
     * @param texts how many there are
     * @throws InputException where the presets are missing or a file cannot be written
     */
    void writeConfigs(ModelConfig config, int texts) {
        ModelSize size = ModelSize.of(config);
        for (String stage : STAGES) {
            if (Files.notExists(config(stage))) {
                Map<String, String> settings = new LinkedHashMap<>(places(stage));
                settings.putAll(size.settings(stage));
                steps(stage, texts).ifPresent(steps -> {
                    settings.put("max_steps", String.valueOf(steps));
                    settings.put("eval_steps", String.valueOf(Math.max(1, steps / 2)));
                    settings.put("save_steps", String.valueOf(Math.max(1, Math.min(50, steps / 2))));
                });
                AtomicFiles.write(
                        config(stage),
                        preset(stage)
                                .withHead("Made by nla recipe " + kind.label() + " out of configs/" + kind.presets()
                                        + "/" + stage + ".yaml; edit as you like.")
                                .with(settings)
                                .yaml());
            }
        }
    }

    private PresetText preset(String stage) {
        Path file = home.resolve("configs").resolve(kind.presets()).resolve(stage + ".yaml");
        try {
            return new PresetText(Files.readString(file));
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: run nla from its checkout or release", file);
        }
    }

    private Map<String, String> places(String stage) {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("model", quoted(model));
        places.put("data", quoted(dataset().toString()));
        places.put("output_dir", quoted(output.resolve(stage).toString()));
        places.put("seed", String.valueOf(seed));
        switch (stage) {
            case "grpo" -> places.put("verbalizer", quoted(adapter("sft").toString()));
            case "hardneg" -> places.put("verbalizer", quoted(adapter("grpo").toString()));
            case "sft" -> places.put("marker", "auto");
            default -> {}
        }
        if (stage.equals("grpo") || stage.equals("hardneg")) {
            places.put("max_completion_length", LONGEST);
            places.put("reconstructor", quoted(adapter("reconstructor").toString()));
        } else if (stage.equals("reconstructor")) {
            places.put("train_documents", "all");
        }
        return places;
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Fewer steps than the preset's where there are few rows, which would be learnt by heart. */
    private Optional<Integer> steps(String stage, int texts) {
        int most =
                switch (stage) {
                    case "sft" -> 800;
                    case "reconstructor" -> 500;
                    default -> 0;
                };
        long rows = (long) texts * (kind == RecipeKind.ANY_POSITION ? perText : 1);
        long fitting = Math.max(1, MOST_EPOCHS * rows / BATCH);
        return most == 0 ? Optional.empty() : Optional.of((int) Math.min(most, fitting));
    }

    /** The commands, in their order. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        List<String> extract = new ArrayList<>(List.of(
                "data", "extract", "--model", model, "--texts", texts.toString(), "--layer", String.valueOf(layer)));
        extract.addAll(List.of("--prompt", kind.prompt(), "--seed", String.valueOf(seed)));
        if (kind == RecipeKind.ANY_POSITION) {
            extract.addAll(List.of("--position", "sample:" + perText));
        }
        extract.addAll(List.of("--output", dataset().toString()));
        steps.add(new Step("extract", extract));
        List<String> replies = new ArrayList<>(
                List.of("data", "replies", "--model", model, "--data", dataset().toString()));
        if (kind == RecipeKind.ANY_POSITION) {
            replies.addAll(List.of("--just-read", "4", "--words", "6", "--max-new-tokens", "8"));
        }
        steps.add(new Step("replies", replies));
        for (String stage : STAGES) {
            String command = stage.equals("reconstructor") ? "sft" : stage;
            steps.add(new Step(
                    stage, List.of("train", command, "--config", config(stage).toString(), "--resume", "auto")));
        }
        return steps;
    }

    /** What to do with the result. */
    List<Step> afterwards() {
        String verbalizer = adapter("hardneg").toString();
        String reconstructor = adapter("reconstructor").toString();
        List<String> both = List.of("--model", model, "--verbalizer", verbalizer, "--reconstructor", reconstructor);
        return List.of(
                new Step(
                        "gap",
                        joined(
                                List.of("eval", "gap"),
                                both,
                                List.of("--data", dataset().toString()))),
                new Step(
                        "describe",
                        joined(
                                List.of("describe"),
                                both,
                                List.of(
                                        "--texts",
                                        texts.toString(),
                                        "--positions",
                                        kind == RecipeKind.ANY_POSITION ? "all" : "last",
                                        "--output",
                                        output.resolve("described.html").toString()))),
                new Step(
                        "serve",
                        List.of("serve", "--model", model, "--adapter", verbalizer, "--reconstructor", reconstructor)));
    }

    private static List<String> joined(List<String> command, List<String> both, List<String> more) {
        return Stream.of(command, both, more).flatMap(List::stream).toList();
    }
}
