package dev.nla.train.run;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.KeyedText;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.FileFault;
import dev.nla.model.files.ThrowingConsumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code checkpoint-N} folders of a run. Each appears under its name only when all of it is on disk; a kill or a full disk at any moment
 * leaves those before it as they were.
 */
public final class Checkpoints {
    private static final String PREFIX = "checkpoint-";
    private static final Key RESUME = Key.of("resume");
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,9})");

    private final Path directory;
    private final int keep;
    private final TrainingListener listener;

    /**
     * The checkpoints under a run's folder.
     *
     * @param keep how many to keep beside the best one, 0 for all
     */
    public Checkpoints(Path directory, int keep, TrainingListener listener) {
        this.directory = directory;
        this.keep = keep;
        this.listener = listener;
    }

    /**
     * Makes {@code checkpoint-N} of a state and what {@code content} writes into the folder it is given.
     *
     * @throws InputException when it cannot be written; nothing of it remains then
     */
    public Path save(TrainerState state, ThrowingConsumer<Path> content) {
        Path target = path(state.step());
        Path temporary = directory.resolve("." + target.getFileName() + ".tmp");
        try {
            AtomicFiles.deleteTree(temporary);
            Files.createDirectories(temporary);
            content.accept(temporary);
            JsonFile.write(temporary.resolve(TrainerState.FILE), state);
            Manifest.write(temporary);
            AtomicFiles.publishDirectory(temporary, target);
        } catch (IOException | UncheckedIOException | InputException e) {
            KeyedText remains = newestName()
                    .map(name -> KeyedText.of("; %s is whole: make room, then %s auto", name, RESUME))
                    .orElse(KeyedText.of(""));
            throw InputException.data(e, "%s cannot be written (%s)%s", target.getFileName(), FileFault.of(e), remains);
        } finally {
            AtomicFiles.deleteTree(temporary);
        }
        return target;
    }

    /** The folder of the checkpoint after {@code step} steps, whether or not it is there. */
    public Path path(int step) {
        return directory.resolve(PREFIX + step);
    }

    /** Steps of the checkpoints there are, ascending. */
    public List<Integer> steps() {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(path -> NAME.matcher(path.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(matcher -> Integer.parseInt(matcher.group(1)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw InputException.data(e, "%s cannot be read (%s)", directory, FileFault.of(e));
        }
    }

    /** Deletes what a killed process left half-written. */
    public void removeLeftovers() {
        try (Stream<Path> children = Files.list(directory)) {
            children.filter(path -> path.getFileName()
                            .toString()
                            .matches("\\.(checkpoint-\\d+|adapter|reconstructor|model)\\..*"))
                    .forEach(AtomicFiles::deleteTree);
        } catch (IOException e) {
            throw InputException.data(e, "%s cannot be read (%s)", directory, FileFault.of(e));
        }
    }

    /** The state of the newest checkpoint that is whole. Damaged ones are set aside as {@code broken-checkpoint-N} with a warning. */
    public Optional<TrainerState> newest() {
        for (int step : steps().stream().sorted(Comparator.reverseOrder()).toList()) {
            Optional<String> fault = Manifest.fault(path(step));
            if (fault.isEmpty()) {
                return Optional.of(read(step));
            }
            Path aside = setAside(step, "broken-");
            listener.onWarning("%s%d is damaged (%s): set aside as %s, going on from the one before it"
                    .formatted(PREFIX, step, fault.get(), aside.getFileName()));
        }
        return Optional.empty();
    }

    /**
     * The state of a certain checkpoint. Later ones are set aside as {@code superseded-checkpoint-N}, since the run will come by again.
     *
     * @throws InputException when it is damaged
     */
    public TrainerState goBackTo(int step) {
        Manifest.fault(path(step)).ifPresent(fault -> {
            throw InputException.data(
                    "%s is damaged: %s: choose another checkpoint or %s auto", path(step), fault, RESUME);
        });
        for (int later : steps()) {
            if (later > step) {
                Path aside = setAside(later, "superseded-");
                listener.onMessage("%s%d set aside as %s".formatted(PREFIX, later, aside.getFileName()));
            }
        }
        return read(step);
    }

    /** The state of the last whole checkpoint before {@code step}. */
    public Optional<TrainerState> before(int step) {
        return steps().stream()
                .filter(each -> each < step)
                .max(Comparator.naturalOrder())
                .filter(each -> Manifest.fault(path(each)).isEmpty())
                .map(this::read);
    }

    private TrainerState read(int step) {
        return JsonFile.read(path(step).resolve(TrainerState.FILE), TrainerState.class);
    }

    private Path setAside(int step, String mark) {
        Path aside = directory.resolve(mark + PREFIX + step);
        try {
            AtomicFiles.deleteTree(aside);
            return Files.move(path(step), aside);
        } catch (IOException e) {
            throw InputException.data(e, "%s cannot be renamed (%s)", path(step), FileFault.of(e));
        }
    }

    /** Deletes one of them. */
    public void delete(int step) {
        AtomicFiles.deleteTree(path(step));
    }

    /** Deletes the oldest of those that are too many, never the best. */
    public void prune(Best best) {
        List<Integer> others =
                steps().stream().filter(step -> !isBest(step, best)).toList();
        if (keep > 0 && others.size() > keep) {
            others.subList(0, others.size() - keep).forEach(this::delete);
        }
    }

    private static boolean isBest(int step, Best best) {
        return best.value().isPresent() && best.step() == step;
    }

    private Optional<String> newestName() {
        List<Integer> steps = steps();
        return steps.isEmpty() ? Optional.empty() : Optional.of(PREFIX + steps.get(steps.size() - 1));
    }
}
