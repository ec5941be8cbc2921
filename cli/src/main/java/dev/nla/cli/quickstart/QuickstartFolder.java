package dev.nla.cli.quickstart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where everything of a quickstart lies.
 *
 * @param root its folder
 */
record QuickstartFolder(Path root) {
    private static final String MARK = "quickstart.json";

    /**
     * Takes the folder for these scenes, or goes on with one that was taken for them.
     *
     * @throws InputException when it holds something else
     */
    void claim(int rows, long seed) {
        Path mark = root.resolve(MARK);
        if (!Files.exists(mark)) {
            requireEmpty();
            AtomicFiles.write(mark, "{\"rows\": %d, \"seed\": %d}%n".formatted(rows, seed));
            return;
        }
        ObjectNode found = Document.json(mark).tree();
        if (found.path("seed").asLong() != seed || found.path("rows").asInt() != rows) {
            throw InputException.usage(
                    "--output %s holds a quickstart of --rows %s --seed %s, not of --rows %d --seed %d: "
                            + "give those, or another folder",
                    root, found.path("rows"), found.path("seed"), rows, seed);
        }
    }

    private void requireEmpty() {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.list(root)) {
            if (files.findAny().isPresent()) {
                throw InputException.usage(
                        "--output %s holds something else than a quickstart: give a folder that is new or empty", root);
            }
        } catch (IOException e) {
            throw InputException.data(e, "--output %s is not a folder that can be read: give another one", root);
        }
    }

    Path texts() {
        return root.resolve("texts.jsonl");
    }

    Path dataset() {
        return root.resolve("dataset");
    }

    /** The run folder of a stage. */
    Path run(String stage) {
        return root.resolve(stage);
    }

    /** The adapter that a stage leaves behind when it is done. */
    Path adapter(String stage) {
        return run(stage).resolve("adapter");
    }

    Path evaluation(String stage) {
        return root.resolve("eval").resolve(stage + ".json");
    }

    Path report() {
        return root.resolve("report.html");
    }
}
