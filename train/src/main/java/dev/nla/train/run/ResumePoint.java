package dev.nla.train.run;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a run goes on. */
final class ResumePoint {
    private ResumePoint() {}

    /** Refuses a folder that is not of the run in {@code directory}. */
    static void requireInside(Path directory, Resume resume) {
        if (!(resume instanceof Resume.From from)) {
            return;
        }
        Path run = from.folder().toAbsolutePath().normalize();
        if (Files.exists(run.resolve(TrainerState.FILE))) {
            run = run.getParent();
        }
        if (!run.equals(directory.toAbsolutePath().normalize())) {
            throw InputException.usage(
                    "%s %s is not in output_dir %s, expected that run folder or a checkpoint-N in it: set output_dir=%s",
                    Key.of("resume"), from.folder(), directory, run);
        }
    }

    /** The state of the checkpoint to go on from; empty where there is none yet. */
    static Optional<TrainerState> of(Checkpoints checkpoints, Resume resume) {
        if (resume instanceof Resume.From from && Files.exists(from.folder().resolve(TrainerState.FILE))) {
            String name =
                    from.folder().toAbsolutePath().normalize().getFileName().toString();
            for (int step : checkpoints.steps()) {
                if (checkpoints.path(step).getFileName().toString().equals(name)) {
                    return Optional.of(checkpoints.goBackTo(step));
                }
            }
            throw InputException.usage(
                    "%s %s is not a checkpoint, expected a folder checkpoint-N", Key.of("resume"), from.folder());
        }
        return checkpoints.newest();
    }
}
