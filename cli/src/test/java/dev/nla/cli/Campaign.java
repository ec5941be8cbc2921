package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What a campaign of many attempts counts, and the rules that hold for every one of them. */
final class Campaign {
    /** The seed of all campaigns. */
    static final long SEED = 1;

    private static final long SECONDS = 60;
    private static final int LONGEST_LINE = 1000;
    /** Stack traces, names of classes, and what the program says where it did not know what to say. */
    private static final Pattern OF_PROGRAMMERS =
            Pattern.compile("unexpected |\\tat |Exception|(java|com|org|ai)\\.[a-z.]+\\.[A-Z]|[a-z]Error\\b");

    private final String name;
    private final Map<String, Integer> counts = new TreeMap<>();

    Campaign(String name) {
        this.name = name;
    }

    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /**
     * Whether an attempt is among those that are made: a quarter, drawn by the seed, or all with {@code -Dnla.attempts=all}, which takes half an
     * hour.
     */
    static boolean drawn(String attempt) {
        return "all".equals(System.getProperty("nla.attempts"))
                || new SplittableRandom(SEED * 31 + attempt.hashCode()).nextInt(4) == 0;
    }

    /** Runs a command, which has to end in time. */
    static Outcome within(String what, Object... arguments) {
        return within(what, () -> Outcome.of(arguments));
    }

    /** Waits for a command that runs, which has to end in time. */
    static Outcome within(String what, Supplier<Outcome> command) {
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        Thread thread = new Thread(() -> outcome.set(command.get()), what);
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(SECONDS * 1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(outcome.get())
                .as("%s: ended within %d seconds, not at %s", what, SECONDS, List.of(thread.getStackTrace()))
                .isNotNull();
        return outcome.get();
    }

    /** What is wrong with the way a command ended, which is nothing where it did its work or its last line tells people what is wrong. */
    static Optional<String> fault(Outcome outcome) {
        String err = outcome.err().strip();
        String last = err.lines().reduce("", (before, line) -> line);
        boolean plain =
                outcome.code() == 0 || outcome.code() <= 2 && last.startsWith("nla: ") && last.length() < LONGEST_LINE;
        return plain && !OF_PROGRAMMERS.matcher(err).find()
                ? Optional.empty()
                : Optional.of("exit code %d: %s".formatted(outcome.code(), shortened(err)));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + " …";
    }

    /** Prints the counts, and leaves them in target/abuse for whoever writes them down. */
    void finish(Path target) {
        String line = "%s, seed %d, %s: %s%n".formatted(name, SEED, LocalDate.now(), counts);
        System.out.print(line);
        try {
            Files.createDirectories(target);
            Files.writeString(
                    target.resolve(name + ".txt"),
                    line,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
