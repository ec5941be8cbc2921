package dev.nla.train.run.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.train.run.tracker.MlflowTracker.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what MLflow is told of a run: everything once, whatever the server does meanwhile, and never more than a line of complaint. */
class MlflowTrackerTest {
    private static final Patience SHORT = new Patience(10, 20, 5_000);

    @TempDir
    private Path folder;

    private FakeMlflow server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeMlflow();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void valuesSettingsAndStatusArrive() {
        try (MlflowTracker tracker = tracker(Map.of("lora_r", "16"))) {
            tracker.scalars(10, "train", Map.of("loss", 0.5));
            tracker.scalars(20, "eval", Map.of("gap/centered", 0.25));
            tracker.end(true);
            assertThat(tracker.troubles()).isEmpty();
        }
        FakeMlflow.Run run = server.only();
        assertThat(run.name).isEqualTo("trial");
        assertThat(run.values)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("train/loss@10", List.of("0.5"), "eval/gap/centered@20", List.of("0.25")));
        assertThat(run.params).containsExactly(Map.entry("lora_r", "16"));
        assertThat(run.status).isEqualTo("FINISHED");
        assertThat(server.authorizations).containsOnly("Bearer secret");
    }

    @Test
    void aRunThatFailsIsSaidToHaveFailed() {
        try (MlflowTracker tracker = tracker(Map.of())) {
            tracker.end(false);
        }
        assertThat(server.only().status).isEqualTo("FAILED");
    }

    @Test
    void muchIsSentInPartsThatTheServerTakes() {
        Map<String, String> params = new LinkedHashMap<>();
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < 2500; i++) {
            params.put("p" + i / 10, "v".repeat(7000));
            values.put("m" + i, 1.0);
        }
        try (MlflowTracker tracker = tracker(params)) {
            tracker.scalars(1, "train", values);
            for (int step = 2; step < 300; step++) {
                tracker.scalars(step, "train", Map.of("a", 1.0, "b", 2.0, "c", 3.0, "d", 4.0));
            }
            tracker.end(true);
            assertThat(tracker.troubles()).isEmpty();
        }
        assertThat(server.only().values).hasSize(2500 + 298 * 4).allSatisfy((key, came) -> assertThat(came)
                .hasSize(1));
        assertThat(server.only().params).hasSize(250).allSatisfy((key, value) -> assertThat(value)
                .hasSizeLessThanOrEqualTo(6000)
                .endsWith("…"));
    }

    @Test
    void whatIsNotFiniteAndNamesThatMlflowRefusesDoNoHarm() {
        try (MlflowTracker tracker = tracker(Map.of())) {
            tracker.scalars(1, "train", Map.of("läss@", Double.POSITIVE_INFINITY));
            tracker.end(true);
        }
        assertThat(server.only().values).containsOnly(Map.entry("train/l_ss_@1", List.of("NaN")));
    }

    @Test
    void aServerThatFailsForAWhileIsComplainedOfOnceAndGetsEverythingLater() {
        server.fails(4, 503);
        try (MlflowTracker tracker = tracker(Map.of())) {
            tracker.scalars(1, "train", Map.of("loss", 1.0));
            tracker.scalars(2, "train", Map.of("loss", 2.0));
            tracker.end(true);
            assertThat(tracker.troubles())
                    .containsExactly("MLflow at " + server.address()
                            + ": status 503, not now: the run goes on, and what waits is sent later");
        }
        assertThat(server.only().values).containsOnlyKeys("train/loss@1", "train/loss@2");
        assertThat(server.only().status).isEqualTo("FINISHED");
    }

    @Test
    void aServerThatIsNotThereIsGivenUpAtTheEnd() {
        server.close();
        try (MlflowTracker tracker = tracker(Map.of(), new Patience(10, 20, 200))) {
            tracker.scalars(1, "train", Map.of("loss", 1.0, "kl", 2.0));
            tracker.end(true);
            assertThat(tracker.troubles())
                    .containsExactly(
                            "MLflow at " + server.address()
                                    + ": cannot be reached: the run goes on, and what waits is sent later",
                            "MLflow at " + server.address()
                                    + " has not taken everything: 2 values are in the run folder's logs only, and going on with the run sends them");
        }
    }

    @Test
    void aServerThatRefusesForGoodIsAskedNoMore() {
        server.fails(1, 403);
        try (MlflowTracker tracker = tracker(Map.of())) {
            tracker.scalars(1, "train", Map.of("loss", 1.0));
            tracker.end(true);
            assertThat(tracker.troubles())
                    .containsExactly(
                            "MLflow at " + server.address()
                                    + ": status 403, not now: nothing more is reported there; the run folder's logs have everything");
        }
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void aRunThatGoesOnIsTheSameRunAndIsToldNothingTwice() throws InterruptedException {
        try (MlflowTracker tracker = tracker(Map.of("lora_r", "16"))) {
            tracker.scalars(1, "train", Map.of("loss", 1.0));
            server.awaitValues();
        }
        try (MlflowTracker tracker = tracker(Map.of("lora_r", "16"))) {
            tracker.earlier(1, "train", Map.of("loss", 1.0));
            tracker.earlier(1, "eval", Map.of("loss", 1.5));
            tracker.scalars(2, "train", Map.of("loss", 0.5));
            tracker.end(true);
        }
        assertThat(server.runs).hasSize(1);
        // the first process may have been stopped before it noted that the server has the first value
        assertThat(server.only().values.get("eval/loss@1")).containsExactly("1.5");
        assertThat(server.only().values.get("train/loss@2")).containsExactly("0.5");
        assertThat(server.only().values).hasSize(3);
        assertThat(server.only().status).isEqualTo("FINISHED");
    }

    @Test
    void whatTheServerHasIsNotedAndNotSentAgain() {
        try (MlflowTracker tracker = tracker(Map.of())) {
            tracker.scalars(1, "train", Map.of("loss", 1.0));
            tracker.end(false);
        }
        try (MlflowTracker tracker = tracker(Map.of())) {
            tracker.earlier(1, "train", Map.of("loss", 1.0));
            tracker.end(true);
        }
        assertThat(server.runs).hasSize(1);
        assertThat(server.only().values).containsExactly(Map.entry("train/loss@1", List.of("1.0")));
        assertThat(server.only().status).isEqualTo("FINISHED");
    }

    @Test
    void aRunThatTheServerHasNoLongerIsReportedWholeAsANewOne() {
        try (MlflowTracker tracker = tracker(Map.of("lora_r", "16"))) {
            tracker.scalars(1, "train", Map.of("loss", 1.0));
            tracker.end(false);
        }
        server.forget();
        try (MlflowTracker tracker = tracker(Map.of("lora_r", "16"))) {
            tracker.earlier(1, "train", Map.of("loss", 1.0));
            tracker.scalars(2, "train", Map.of("loss", 0.5));
            tracker.end(true);
            assertThat(tracker.troubles()).isEmpty();
        }
        assertThat(server.only().values).containsOnlyKeys("train/loss@1", "train/loss@2");
        assertThat(server.only().params).containsKey("lora_r");
    }

    private MlflowTracker tracker(Map<String, String> params) {
        return tracker(params, SHORT);
    }

    private MlflowTracker tracker(Map<String, String> params, Patience patience) {
        MlflowServer where =
                MlflowServer.of(Optional.of(server.address() + "/"), Map.of("MLFLOW_TRACKING_TOKEN", "secret"));
        return new MlflowTracker(folder, where, new MlflowStart("nla", "trial", Map.of("a", "b"), params), patience);
    }
}
