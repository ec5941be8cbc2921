package dev.nla.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.WorkerFacts;
import dev.nla.model.workers.WorkersSource;
import dev.nla.train.config.Stage;
import dev.nla.train.testing.AloneAndApart;
import dev.nla.train.testing.TinyWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Protects the way to a cluster and back: what executors are, runs that come out the same, parts whose executor is killed, whose data are bad, or
 * that end whoever works on them. All settings of the contract are tried by {@link TwoExecutorsTest}.
 */
class ClusterTest extends AloneAndApart {
    @RegisterExtension
    private static final LocalCluster cluster = new LocalCluster(2);

    @Override
    protected WorkersSource workers() {
        return cluster.source();
    }

    @Test
    void everyExecutorSaysWhatItIs() {
        List<WorkerFacts> facts = cluster.facts();
        // others may have ended one, whose successor comes in its own time
        for (int call = 0; facts.size() < 2 && call < 200; call++) {
            facts = cluster.facts();
        }
        assertThat(facts).hasSize(2);
        assertThat(facts).extracting(WorkerFacts::threads).containsOnly(1);
        assertThat(facts.stream().map(WorkerFacts::unnamed).distinct()).hasSize(1);
    }

    @Test
    void bothRolesLearnTheSame() {
        TinyWorld world = TinyWorld.trained(folder);
        String[] batches = {"per_device_train_batch_size=4", "gradient_accumulation_steps=3", "lora_dropout=0.1"};
        assertSame(name -> world.verbalizer("verbalizer-" + name, TinyWorld.settings(STEPS, batches)));
        assertSame(name -> world.reconstructor("reconstructor-" + name, TinyWorld.settings(STEPS, batches)));
    }

    @Test
    void anExecutorIsKilledAmidTheWork() {
        TinyWorld world = TinyWorld.trained(folder);
        Random random = new Random();
        AtomicInteger killed = new AtomicInteger();
        AtomicInteger jobs = new AtomicInteger();
        cluster.amid(work -> {
            if (jobs.incrementAndGet() % 7 == 3) {
                new Thread(() -> killed.addAndGet(LocalCluster.kill(random.nextInt(200)))).start();
            }
        });
        try {
            assertSame(name -> world.grpo(
                    Stage.HARDNEG, name, "max_steps=4", "eval_steps=2", "save_steps=2", "reconstructor_mode=ema"));
        } finally {
            cluster.amid(work -> {});
        }
        assertThat(killed.get()).isPositive();
    }

    @Test
    void whatIsWrongWithAPartIsSaidOnceAndNotTriedAgain() throws IOException {
        Path tried = folder.resolve("tried");
        Refusing work = new Refusing(tried.toString());
        List<Integer> answers = new ArrayList<>();
        assertThatThrownBy(() -> cluster.workers().each(work, Parts.of(4, i -> i), answers::add))
                .isInstanceOfSatisfying(InputException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(InputException.Kind.DATA);
                    assertThat(refused.message(key -> "--" + key.name()))
                            .isEqualTo("part 2 of " + tried + ": see --part");
                });
        assertThat(answers).containsExactly(0, 1);
        assertThat(Files.readAllLines(tried)).containsOnlyOnce("2");
    }

    /** Refuses the third part, and writes down each time that it does. */
    private record Refusing(String tried) implements PartWork<Integer, Integer> {
        @Override
        public Integer on(Integer part) {
            if (part != 2) {
                return part;
            }
            try {
                Files.writeString(Path.of(tried), part + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw InputException.data("part %d of %s: see %s", part, Path.of(tried), Key.of("part"));
        }
    }

    @Test
    void aPartThatEndsItsProcessIsGivenUpAfterSomeTries() {
        assertThatThrownBy(() -> cluster.workers().all(new Ending(), Parts.of(1, i -> i)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("given a part up")
                .hasMessageContaining("134");
        assertThat(cluster.facts()).as("who is there afterwards").isNotEmpty();
    }

    /** Ends the process that works on it as a fault in native code does. */
    private record Ending() implements PartWork<Integer, Integer> {
        @Override
        public Integer on(Integer part) {
            Runtime.getRuntime().halt(134);
            return part;
        }
    }
}
