package dev.nla.data.extract.resume;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.data.dataset.index.ShardPlan;
import dev.nla.data.kept.WorkInputs;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.FileFault;
import dev.nla.model.files.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an unfinished extraction leaves beside its output, in {@code OUTPUT.partial}: {@code settings.json}, the vectors and
 * the journal of the batches in them. One process at a time holds it.
 */
public final class WorkFolder implements AutoCloseable {
    private static final String SETTINGS = "settings.json";
    private static final String STARTED = "started";
    private static final TypeReference<TreeMap<String, String>> STRINGS = new TypeReference<>() {};

    private final Path folder;
    private final ProcessLock lock;
    private final Instant started;
    private final PartialActivations activations;

    private WorkFolder(Path folder, ProcessLock lock, Instant started, PartialActivations activations) {
        this.folder = folder;
        this.lock = lock;
        this.started = started;
        this.activations = activations;
    }

    /** Where the unfinished extraction into {@code output} lies. */
    public static Path beside(Path output) {
        Path whole = output.toAbsolutePath().normalize();
        return whole.resolveSibling(whole.getFileName() + ".partial");
    }

    /** Whether an extraction with these settings was begun and not tidied up. */
    public static boolean holds(Path output, Map<String, String> settings) {
        Path file = beside(output).resolve(SETTINGS);
        return Files.exists(file) && differing(readSettings(file), settings).isEmpty();
    }

    /**
     * Opens the folder, anew or as a killed run left it.
     *
     * @param settings everything the vectors depend on, as names and values
     * @param now when an extraction that begins now is said to have begun
     * @param dimension length of a vector
     * @param plan the files that the dataset is to have
     * @throws InputException where the folder was left by other settings or another process is at work in it
     */
    public static WorkFolder open(
            Path output, Map<String, String> settings, Instant now, int dimension, ShardPlan plan) {
        Path folder = beside(output);
        try {
            ProcessLock lock = lock(folder);
            try {
                Instant started = claim(folder, settings, now);
                return new WorkFolder(folder, lock, started, PartialActivations.open(folder, dimension, plan));
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be written: %s", folder, FileFault.of(e));
        }
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** When the extraction was begun, in whichever run. */
    public Instant started() {
        return started;
    }

    public PartialActivations activations() {
        return activations;
    }

    @Override
    public void close() {
        try (lock) {
            activations.close();
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be written: %s", folder, FileFault.of(e));
        }
    }

    private static ProcessLock lock(Path folder) throws IOException {
        return ProcessLock.tryTake(folder.resolve("lock"))
                .orElseThrow(() -> InputException.data(
                        "%s: another process is extracting into this output: wait for it or choose another %s",
                        folder, Key.of("output")));
    }

    private static Instant claim(Path folder, Map<String, String> settings, Instant now) throws IOException {
        Path file = folder.resolve(SETTINGS);
        if (!Files.exists(file)) {
            Map<String, String> written = new TreeMap<>(settings);
            written.put(STARTED, now.toString());
            AtomicFiles.write(
                    file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(written));
            return now;
        }
        Map<String, String> before = readSettings(file);
        List<String> differing = differing(before, settings);
        if (!differing.isEmpty()) {
            throw InputException.data(
                    "%s: holds an unfinished extraction with other settings (%s): finish it with those, or delete the folder",
                    folder, String.join(", ", differing));
        }
        return Instant.parse(before.get(STARTED));
    }

    private static List<String> differing(Map<String, String> before, Map<String, String> now) {
        Map<String, String> settings = new TreeMap<>(before);
        settings.remove(STARTED);
        return new WorkInputs(settings).differing(new WorkInputs(now));
    }

    private static Map<String, String> readSettings(Path file) {
        try {
            Map<String, String> settings = new ObjectMapper().readValue(file.toFile(), STRINGS);
            Instant.parse(settings.getOrDefault(STARTED, ""));
            return settings;
        } catch (IOException | java.time.format.DateTimeParseException e) {
            throw InputException.data(
                    e, "%s: is not the settings of an unfinished extraction: delete the folder to begin anew", file);
        }
    }
}
