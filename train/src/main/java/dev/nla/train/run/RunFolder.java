package dev.nla.train.run;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.FileFault;
import dev.nla.model.files.ProcessLock;
import dev.nla.train.config.ConfigReader;
import dev.nla.train.config.ConfigWriter;
import dev.nla.train.config.TrainConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run's folder as such: who may open it, its settings and its provenance. One process at a time holds it. */
final class RunFolder implements AutoCloseable {
    static final String CONFIG = "config.yaml";
    private static final String RECORD = "run.json";

    private final Path directory;
    private final ProcessLock lock;

    /** What {@code run.json} holds. */
    record RunRecord(RunProvenance provenance, List<Session> sessions) {}

    /** One start or resume: when, and after how many steps. */
    record Session(String started, int step) {}

    private RunFolder(Path directory) {
        this.directory = directory;
        try {
            lock = ProcessLock.tryTake(directory.resolve(".lock"))
                    .orElseThrow(() -> InputException.data(
                            "output_dir %s is in use by another run: wait for it, or choose another one", directory));
        } catch (IOException e) {
            throw InputException.data(
                    e, "output_dir %s cannot be made (%s): choose another one", directory, FileFault.of(e));
        }
    }

    /** Whether a run was started in that folder. */
    static boolean holdsRun(Path directory) {
        return Files.exists(directory.resolve(CONFIG)) || Files.exists(directory.resolve(RECORD));
    }

    /** A folder for a new run. Refuses one that holds a run. */
    static RunFolder create(TrainConfig config, RunProvenance provenance) {
        Path directory = config.run().outputDir();
        if (holdsRun(directory)) {
            throw InputException.usage(
                    "output_dir %s already holds a run: choose another one, or go on with %s auto",
                    directory, Key.of("resume"));
        }
        RunFolder folder = new RunFolder(directory);
        AtomicFiles.write(directory.resolve(CONFIG), ConfigWriter.yaml(config));
        JsonFile.write(directory.resolve(RECORD), new RunRecord(provenance, List.of(session(0))));
        return folder;
    }

    /** The folder of a run that goes on. Refuses settings that would make it another run. */
    static RunFolder reopen(TrainConfig config) {
        Path directory = config.run().outputDir();
        if (!holdsRun(directory)) {
            throw InputException.usage(
                    "%s holds no run to resume: leave out %s, or give its run folder", directory, Key.of("resume"));
        }
        Path yaml = directory.resolve(CONFIG);
        if (Files.exists(yaml)) {
            TrainConfig before = ConfigReader.read(config.stage(), Optional.of(yaml), List.of());
            List<String> changed = ConfigWriter.differences(before, config);
            if (!changed.isEmpty()) {
                throw InputException.usage(
                        "%s was started with other settings (%s): resume with the same, or start a new run",
                        directory, String.join("; ", changed));
            }
        }
        RunFolder folder = new RunFolder(directory);
        AtomicFiles.write(yaml, ConfigWriter.yaml(config));
        return folder;
    }

    /** Notes in {@code run.json} that the run goes on after so many steps. */
    void noteResume(RunProvenance provenance, int step) {
        Path file = directory.resolve(RECORD);
        RunRecord before =
                Files.exists(file) ? JsonFile.read(file, RunRecord.class) : new RunRecord(provenance, List.of());
        List<Session> sessions = new ArrayList<>(before.sessions());
        sessions.add(session(step));
        JsonFile.write(file, new RunRecord(before.provenance(), sessions));
    }

    private static Session session(int step) {
        return new Session(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), step);
    }

    Path directory() {
        return directory;
    }

    /** Lets other processes at the folder. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw InputException.data(e, "%s cannot be unlocked (%s)", directory, FileFault.of(e));
        }
    }
}
