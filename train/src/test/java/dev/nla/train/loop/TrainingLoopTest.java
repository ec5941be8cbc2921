package dev.nla.train.loop;

import static dev.nla.train.loop.CountingLearner.STEPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.train.config.ConfigReader;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.run.Best;
import dev.nla.train.run.Evaluation;
import dev.nla.train.run.Resume;
import dev.nla.train.run.RunProvenance;
import dev.nla.train.run.StepReport;
import dev.nla.train.run.TrainingListener;
import dev.nla.train.run.TrainingRun;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protects exact resume: whatever happens to a run, going on gives the files of a run to which nothing happened, no more than the steps of
 * one save interval are made again, and none where it was an evaluation that was interrupted.
 */
class TrainingLoopTest {
    private static final int SAVE_STEPS = 5;
    private static final int EVAL_STEPS = 4;

    @TempDir
    Path folder;

    private final List<String> heard = new ArrayList<>();

    /** Where in a step the process dies. */
    private enum Moment {
        IN_STEP,
        AFTER_STEP,
        IN_CHECKPOINT,
        BEFORE_RENAME,
        AFTER_CHECKPOINT,
        IN_EVALUATION,
        AFTER_EVALUATION,
        IN_SAMPLES
    }

    /** Stands for {@code kill -9}. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** How a run is made and where it dies. */
    private record Attempt(TrainConfig config, Resume resume, boolean policy, int killStep, Moment moment) {
        void die(int step, Moment now) {
            if (step == killStep && moment == now) {
                throw new Killed();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void aKilledRunGoesOnToTheSameBytes(Moment moment) throws IOException {
        assertGoesOn(moment, false);
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void aKilledRunGoesOnWhereItIsEvaluatedFirstAndEvaluationsBringTheSamples(Moment moment) throws IOException {
        assertGoesOn(moment, true);
    }

    private void assertGoesOn(Moment moment, boolean policy) throws IOException {
        train(config("straight"), Resume.no(), policy);
        for (int step : new int[] {0, 1, 4, 5, 12, 15, 20, 23}) {
            TrainConfig config = config("killed" + step);
            List<Integer> before = new ArrayList<>();
            heard.clear();
            if (attempt(new Attempt(config, Resume.auto(), policy, step, moment), before)) {
                heard.clear();
                List<Integer> after = new ArrayList<>();
                assertThat(attempt(new Attempt(config, Resume.auto(), policy, -1, moment), after))
                        .isFalse();
                assertGoesOnFrom(moment, step, before, after);
            }
            assertSameRun("straight", "killed" + step, moment + " " + step);
        }
    }

    private void assertGoesOnFrom(Moment moment, int killed, List<Integer> before, List<Integer> after) {
        int from = Integer.parseInt(heard.stream()
                .filter(line -> line.startsWith("start "))
                .findFirst()
                .orElseThrow()
                .substring(6));
        assertThat(from).as(heard.toString()).isBetween(killed - SAVE_STEPS, killed);
        if (moment.compareTo(Moment.AFTER_CHECKPOINT) >= 0) {
            assertThat(from).as("saved before it was evaluated").isEqualTo(killed);
        }
        if (moment == Moment.IN_EVALUATION) {
            assertThat(before).last().isEqualTo(killed);
            assertThat(after).first().isEqualTo(killed);
        }
        if (moment == Moment.AFTER_EVALUATION || moment == Moment.IN_SAMPLES) {
            assertThat(after).as("done once").doesNotContain(killed);
        }
    }

    @Test
    void aRunKilledAgainAndAgainStillEndsTheSame() throws IOException {
        train(config("straight"), Resume.no(), true);
        for (int step : new int[] {3, 9, 9, 6, 17, 22}) {
            attempt(new Attempt(config("often"), Resume.auto(), true, step, Moment.AFTER_STEP), new ArrayList<>());
            attempt(new Attempt(config("often"), Resume.auto(), true, 12, Moment.IN_EVALUATION), new ArrayList<>());
        }
        train(config("often"), Resume.auto(), true);
        assertSameRun("straight", "often", "killed often");
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights.txt", "trainer_state.json", "manifest.json"})
    void aTruncatedCheckpointGivesWayToThePreviousOneWithAWarning(String file) throws IOException {
        train(config("straight"), Resume.no(), false);
        killedAfter16("cut");
        Path cut = folder.resolve("cut/checkpoint-16").resolve(file);
        byte[] bytes = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        train(config("cut"), Resume.auto(), false);
        assertThat(heard)
                .anyMatch(line -> line.contains("warning: checkpoint-16 is damaged")
                        && line.contains(file)
                        && line.contains("broken-checkpoint-16"));
        assertThat(heard).anyMatch(line -> line.matches("going on from .*checkpoint-1[0-5]"));
        assertSameRun("straight", "cut", "cut");
    }

    @Test
    void aFlippedBitIsNoticed() throws IOException {
        killedAfter16("flip");
        Path weights = folder.resolve("flip/checkpoint-16/weights.txt");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[2] ^= 1;
        Files.write(weights, bytes);
        train(config("flip"), Resume.auto(), false);
        assertThat(heard).anyMatch(line -> line.contains("weights.txt does not match its checksum"));
    }

    private void killedAfter16(String name) {
        assertThat(attempt(new Attempt(config(name), Resume.no(), false, 17, Moment.IN_STEP), new ArrayList<>()))
                .isTrue();
    }

    @Test
    void aRunGoesBackToAnEarlierCheckpointWhenAsked() throws IOException {
        train(config("straight"), Resume.no(), false);
        train(config("back"), Resume.no(), false);
        Path earlier = folder.resolve("back/checkpoint-20");
        train(config("back"), Resume.from(earlier), false);
        assertThat(heard).anyMatch(line -> line.contains("checkpoint-23 set aside as superseded-checkpoint-23"));
        assertSameRun("straight", "back", "went back");
    }

    /**
     * Earlier versions evaluated first and saved then: their checkpoints know the evaluation's result and its line. This run was made by one
     * of them, with the same learner and settings, and killed after the checkpoint of step 20, before its samples.
     */
    @Test
    void checkpointsOfEarlierVersionsAreGoneOnFrom() throws IOException, URISyntaxException {
        train(config("straight"), Resume.no(), false);
        Path earlier = copyOfEarlierRun("old");
        String state = Files.readString(earlier.resolve("checkpoint-20/trainer_state.json"));
        assertThat(state).contains("\"samples_due\" : true").doesNotContain("evaluation_due");
        assertThat(earlier.resolve("samples.jsonl")).content().doesNotContain("\"step\":20");
        List<Integer> evaluated = new ArrayList<>();
        TrainConfig config = config("old");
        assertThat(attempt(new Attempt(config, Resume.auto(), false, -1, Moment.IN_STEP), evaluated))
                .isFalse();
        assertThat(heard).contains("start 20");
        assertThat(evaluated).as("step 20 is not evaluated again").containsExactly(STEPS);
        assertThat(earlier.resolve("samples.jsonl")).content().contains("\"step\":20");
        assertSameRun("straight", "old", "of an earlier version");
    }

    private Path copyOfEarlierRun(String name) throws IOException, URISyntaxException {
        Path source = Path.of(
                TrainingLoopTest.class.getResource("evaluated-before-saved").toURI());
        Path target = folder.resolve(name);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(source.relativize(file).toString()));
            }
        }
        return target;
    }

    private void train(TrainConfig config, Resume resume, boolean policy) {
        assertThat(attempt(new Attempt(config, resume, policy, -1, Moment.IN_STEP), new ArrayList<>()))
                .isFalse();
    }

    /** Trains, tells which steps were evaluated, and whether the run was killed. */
    private boolean attempt(Attempt attempt, List<Integer> evaluated) {
        CountingLearner learner = new Mortal(attempt);
        RunProvenance provenance = RunProvenance.of(attempt.config(), Map.of("model", "abc"), Map.of());
        try (TrainingRun run =
                TrainingRun.open(attempt.config(), provenance, attempt.resume(), "loss", STEPS, new Ear(attempt))) {
            new TrainingLoop(run, learner).toItsEnd();
            return false;
        } catch (Killed here) {
            return true;
        } finally {
            evaluated.addAll(learner.evaluated);
        }
    }

    /** A stage that dies in its work. */
    private final class Mortal extends CountingLearner {
        private final Attempt attempt;
        private int done;

        Mortal(Attempt attempt) {
            super(attempt.policy(), attempt.policy());
            this.attempt = attempt;
        }

        @Override
        public StepReport step(int step) {
            attempt.die(step + 1, Moment.IN_STEP);
            done = step + 1;
            return super.step(step);
        }

        @Override
        public Evaluation evaluate(int step) {
            Evaluation evaluation = super.evaluate(step);
            attempt.die(step, Moment.IN_EVALUATION);
            return evaluation;
        }

        @Override
        public void save(Path checkpoint) throws IOException {
            super.save(checkpoint);
            attempt.die(done, Moment.IN_CHECKPOINT);
            if (attempt.killStep() == done && attempt.moment() == Moment.BEFORE_RENAME) {
                Path left = attempt.config().run().outputDir().resolve(".checkpoint-99.tmp");
                Files.createDirectories(left);
                Files.writeString(left.resolve("weights.txt"), "left behind");
                throw new Killed();
            }
        }
    }

    /** Hears what the run says, and dies where it is told to. */
    private final class Ear implements TrainingListener {
        private final Attempt attempt;

        Ear(Attempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public void onStart(Path directory, int firstStep, int totalSteps) {
            heard.add("start " + firstStep);
        }

        @Override
        public void onStep(StepReport report, int totalSteps) {
            attempt.die(report.step(), Moment.AFTER_STEP);
        }

        @Override
        public void onCheckpoint(int step, Path checkpoint) {
            attempt.die(step, Moment.AFTER_CHECKPOINT);
        }

        @Override
        public void onEval(int step, Map<String, Double> metrics, Best best) {
            heard.add("evaluated " + step);
            attempt.die(step, Moment.AFTER_EVALUATION);
        }

        @Override
        public void onSample(int number, int count) {
            if (number == 2 && heard.contains("evaluated " + attempt.killStep())) {
                attempt.die(attempt.killStep(), Moment.IN_SAMPLES);
            }
        }

        @Override
        public void onMessage(String message) {
            heard.add(message);
        }
    }

    private TrainConfig config(String name) {
        return ConfigReader.read(
                Stage.SFT,
                Optional.empty(),
                List.of(
                        "model=m",
                        "data=d",
                        "role=verbalizer",
                        "output_dir=" + folder.resolve(name),
                        "logging_steps=3",
                        "eval_steps=" + EVAL_STEPS,
                        "save_steps=" + SAVE_STEPS,
                        "save_total_limit=2"));
    }

    private void assertSameRun(String expected, String actual, String how) throws IOException {
        for (String file : new String[] {"metrics.jsonl", "samples.jsonl", "adapter/a.txt", "best.json"}) {
            assertThat(Files.readString(folder.resolve(actual).resolve(file)))
                    .as(file + ", " + how)
                    .isEqualTo(Files.readString(folder.resolve(expected).resolve(file)))
                    .isNotEmpty();
        }
        assertThat(Files.readAllLines(folder.resolve(actual).resolve("timings.jsonl")))
                .as("timings, " + how)
                .hasSameSizeAs(Files.readAllLines(folder.resolve(expected).resolve("timings.jsonl")));
        assertThat(children(actual)).as(how).isEqualTo(children(expected));
    }

    /** Checkpoints and other folders, but those that were set aside. */
    private List<String> children(String run) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(run))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.matches("(broken|superseded|events).*"))
                    .sorted()
                    .toList();
        }
    }
}
