package dev.nla.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.parts.ReadTexts;
import dev.nla.model.parts.WriteDescriptions;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.WorkersSource;
import dev.nla.train.config.Stage;
import dev.nla.train.parts.DescriptionGradient;
import dev.nla.train.parts.PolicyGradient;
import dev.nla.train.parts.ReconstructorGradient;
import dev.nla.train.testing.AloneAndApart;
import dev.nla.train.testing.TinyWorld;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Protects that a run comes out the same when an executor is killed in a random place of each kind of work, five times each. The places are drawn
 * from the seed {@code -Dnla.seed=N}, 1 where none is given; a failure says it.
 */
@Tag("abuse")
class RandomKillsTest extends AloneAndApart {
    private static final long SEED = Long.getLong("nla.seed", 1);
    private static final int LATEST = 150;

    @RegisterExtension
    private static final LocalCluster cluster = new LocalCluster(2);

    @Override
    protected WorkersSource workers() {
        return cluster.source();
    }

    @RepeatedTest(5)
    void inRollouts(RepetitionInfo repetition) {
        policy(WriteDescriptions.class, repetition);
    }

    @RepeatedTest(5)
    void inTheCriticsReading(RepetitionInfo repetition) {
        policy(ReadTexts.class, repetition);
    }

    @RepeatedTest(5)
    void inGradientsOfThePolicy(RepetitionInfo repetition) {
        policy(PolicyGradient.class, repetition);
    }

    @RepeatedTest(5)
    void inGradientsOfTheCritic(RepetitionInfo repetition) {
        policy(ReconstructorGradient.class, repetition);
    }

    @RepeatedTest(5)
    void inGradientsOfSupervisedFineTuning(RepetitionInfo repetition) {
        TinyWorld world = TinyWorld.trained(folder);
        String[] batches = {"per_device_train_batch_size=4", "gradient_accumulation_steps=3"};
        killing(
                DescriptionGradient.class,
                repetition,
                () -> assertSame(name -> world.verbalizer(name, TinyWorld.settings(STEPS, batches))));
    }

    private void policy(Class<? extends PartWork<?, ?>> work, RepetitionInfo repetition) {
        TinyWorld world = TinyWorld.trained(folder);
        String[] settings = {"reconstructor_mode=ema", "per_device_train_batch_size=5", "micro_batch_size=6"};
        killing(
                work,
                repetition,
                () -> assertSame(name -> world.grpo(Stage.HARDNEG, name, TinyWorld.settings(STEPS, settings))));
    }

    /** Kills an executor a random time after a job of this work, one of the first four, has begun. */
    private static void killing(Class<? extends PartWork<?, ?>> kind, RepetitionInfo repetition, Runnable run) {
        Random random = new Random(31 * SEED + repetition.getCurrentRepetition());
        int job = 1 + random.nextInt(4);
        int after = random.nextInt(LATEST);
        AtomicInteger jobs = new AtomicInteger();
        CompletableFuture<Integer> killed = new CompletableFuture<>();
        cluster.amid(work -> {
            if (kind.isInstance(work) && jobs.incrementAndGet() == job) {
                new Thread(() -> killed.complete(LocalCluster.kill(after))).start();
            }
        });
        try {
            run.run();
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError(
                    "seed %d: job %d of %s, after %d ms".formatted(SEED, job, kind.getSimpleName(), after), failure);
        } finally {
            cluster.amid(work -> {});
        }
        assertThat(killed)
                .as("executors killed")
                .succeedsWithin(Duration.ofMinutes(1))
                .isEqualTo(1);
    }
}
