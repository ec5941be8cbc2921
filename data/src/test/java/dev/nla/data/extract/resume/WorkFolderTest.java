package dev.nla.data.extract.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.dataset.index.ShardPlan;
import dev.nla.model.InputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what a killed extraction leaves behind: only vectors that are really on the disk count, and only for the same settings. */
class WorkFolderTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Map<String, String> SETTINGS = Map.of("layer", "3", "texts", "abc");
    private static final ShardPlan PLAN = new ShardPlan(3, ShardPlan.SHARD_ROWS);
    private static final List<int[]> BATCHES = List.of(new int[] {2, 0}, new int[] {1});
    private static final float[][] FIRST = {{1, 2, 3}, {4, 5, 6}};
    private static final float[][] SECOND = {{7, 8, 9}};

    @TempDir
    private Path folder;

    private WorkFolder open() {
        return WorkFolder.open(folder.resolve("out"), SETTINGS, NOW, 3, PLAN);
    }

    private Path part(String name) {
        return folder.resolve("out.partial").resolve(name);
    }

    private Set<Integer> finished() {
        try (WorkFolder work = open()) {
            return work.activations().finished(BATCHES);
        }
    }

    private void fill() {
        try (WorkFolder work = open()) {
            work.activations().store(0, BATCHES.get(0), FIRST);
            work.activations().store(1, BATCHES.get(1), SECOND);
        }
    }

    @Test
    void whatWasStoredIsFoundAgainInRowOrder() {
        fill();
        try (WorkFolder work = open()) {
            assertThat(work.activations().finished(BATCHES)).containsExactly(0, 1);
            assertThat(work.activations().activation(0)).containsExactly(4, 5, 6);
            assertThat(work.activations().activation(1)).containsExactly(7, 8, 9);
            assertThat(work.activations().activation(2)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void truncatedActivationsAreNotFinished() throws IOException {
        fill();
        try (RandomAccessFile file =
                new RandomAccessFile(part("activations.f32").toFile(), "rw")) {
            file.setLength(3 * 12 - 1);
        }
        assertThat(finished()).containsExactly(1);
    }

    @Test
    void changedActivationsAreNotFinished() throws IOException {
        fill();
        try (RandomAccessFile file =
                new RandomAccessFile(part("activations.f32").toFile(), "rw")) {
            file.seek(12);
            file.write(1);
        }
        assertThat(finished()).containsExactly(0);
    }

    @Test
    void aTornJournalEntryIsPassedOver() throws IOException {
        fill();
        String journal = Files.readString(part("journal.txt"));
        Files.writeString(part("journal.txt"), journal.substring(0, journal.length() - 4));
        try (WorkFolder work = open()) {
            assertThat(work.activations().finished(BATCHES)).containsExactly(0);
            work.activations().store(1, BATCHES.get(1), SECOND);
        }
        assertThat(finished()).containsExactly(0, 1);
        Files.write(part("journal.txt"), new byte[] {0, -1, 10, 77}, StandardOpenOption.APPEND);
        assertThat(finished()).containsExactly(0, 1);
    }

    @Test
    void otherSettingsAreRefusedByName() {
        fill();
        Map<String, String> other = Map.of("layer", "4", "texts", "abc", "seed", "1");
        assertThatThrownBy(() -> WorkFolder.open(folder.resolve("out"), other, NOW, 3, PLAN))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("out.partial")
                .hasMessageContaining("(layer 3, now 4, seed none, now 1)");
        assertThat(WorkFolder.holds(folder.resolve("out"), other)).isFalse();
        assertThat(WorkFolder.holds(folder.resolve("out"), SETTINGS)).isTrue();
        assertThat(WorkFolder.holds(folder.resolve("elsewhere"), SETTINGS)).isFalse();
    }

    @Test
    void theFirstStartIsRemembered() {
        fill();
        try (WorkFolder work = WorkFolder.open(folder.resolve("out"), SETTINGS, NOW.plusSeconds(9), 3, PLAN)) {
            assertThat(work.started()).isEqualTo(NOW);
        }
    }

    @Test
    void twoAtATimeAreRefused() {
        try (WorkFolder work = open()) {
            assertThat(work.started()).isEqualTo(NOW);
            assertThatThrownBy(this::open)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("another process is extracting");
        }
        assertThat(finished()).isEmpty();
    }

    @Test
    void brokenSettingsAreNamed() throws IOException {
        fill();
        Files.writeString(part("settings.json"), "{\"layer\":");
        assertThatThrownBy(this::open)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("settings.json")
                .hasMessageContaining("delete the folder");
    }
}
