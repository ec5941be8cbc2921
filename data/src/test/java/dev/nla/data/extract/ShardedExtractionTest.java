package dev.nla.data.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.data.extract.prompt.Position;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that an extraction gives the same rows and vectors in shards as in one pair of files, also of more texts than are in memory. */
class ShardedExtractionTest {
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private Path texts(int count) throws IOException {
        return Files.writeString(
                folder.resolve("texts.jsonl"),
                IntStream.range(0, count)
                        .mapToObj(i -> "{\"id\":\"t" + i + "\",\"text\":\"" + "é".repeat(i % 5) + i + "\"}\n")
                        .collect(Collectors.joining()));
    }

    private static ExtractionSettings settings(Position position, int shardRows) {
        DocumentSplit split = new DocumentSplit(3, SplitRatios.DEFAULT);
        return new ExtractionSettings(1, position, 1, 512, false, 900, 0, split, shardRows);
    }

    private ActivationDataset extract(Path texts, String name, ExtractionSettings settings, CountingSource source) {
        Path output = folder.resolve(name);
        new Extraction(source, new CharacterEncoder(), settings, CLOCK).run(texts, output, ExtractionListener.none());
        assertThat(folder.resolve(name + ".partial")).doesNotExist();
        return ActivationDataset.open(output);
    }

    private static void same(ActivationDataset shards, ActivationDataset whole) {
        assertThat(shards.size()).isEqualTo(whole.size());
        assertThat(shards.mean(Split.TRAIN)).isEqualTo(whole.mean(Split.TRAIN));
        assertThat(shards.rows().equals(whole.rows())).isTrue();
        int[] all = IntStream.range(0, whole.size()).toArray();
        assertThat(Arrays.deepEquals(shards.activations(all), whole.activations(all)))
                .isTrue();
    }

    @Test
    void aTextMayStandInTwoShards() throws IOException {
        Path texts = texts(40);
        try (ActivationDataset shards =
                        extract(texts, "shards", settings(new Position.All(), 7), new CountingSource());
                ActivationDataset whole =
                        extract(texts, "whole", settings(new Position.All(), 1000), new CountingSource())) {
            assertThat(shards.folder().resolve("rows.jsonl")).doesNotExist();
            assertThat(whole.folder().resolve("rows.jsonl")).exists();
            same(shards, whole);
            shards.verify();
        }
    }

    @Test
    void moreTextsThanAreInMemoryAreReadFromTheirFile() throws IOException {
        Path texts = texts(65_540);
        ExtractionSettings usual = settings(new Position.Last(), 65_536);
        try (ActivationDataset shards = extract(texts, "shards", usual, new CountingSource())) {
            assertThat(shards.folder().resolve("activations-00002-of-00002.safetensors"))
                    .exists();
            assertThat(shards.size()).isEqualTo(65_540);
            for (int row : new int[] {0, 7, 65_535, 65_536, 65_539}) {
                String text = "é".repeat(row % 5) + row;
                assertThat(shards.row(row).id()).isEqualTo("t" + row);
                assertThat(shards.row(row).text()).isEqualTo(text);
                assertThat(shards.activation(row))
                        .isEqualTo(CountingSource.vector(
                                new CharacterEncoder().encode(text).tokenIds(), 1, text.length() + 2));
            }
        }
    }

    @Test
    void anExtractionIntoOtherShardsIsNotGoneOnWith() throws IOException {
        Path texts = texts(400);
        assertThatThrownBy(() -> extract(texts, "out", settings(new Position.Last(), 7), new CountingSource(1)))
                .hasMessage("killed");
        assertThatThrownBy(() -> extract(texts, "out", settings(new Position.Last(), 8), new CountingSource()))
                .hasMessageContaining("unfinished extraction with other settings (shard rows 7, now 8)");
    }
}
