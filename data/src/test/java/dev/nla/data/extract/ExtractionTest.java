package dev.nla.data.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.extract.prompt.Position;
import dev.nla.data.extract.source.ActivationSource;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what an extraction writes, whatever happens on the way: order, positions, cutting, resuming, refusals. */
class ExtractionTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final List<String> FILES = List.of("nla_meta.yaml", "rows.jsonl", "activations.safetensors");

    @TempDir
    private Path folder;

    private Path texts;
    private Path output;

    @BeforeEach
    void write() throws IOException {
        output = folder.resolve("dataset");
        texts = texts(IntStream.range(0, 40)
                .mapToObj(i -> "{\"id\":\"t" + i + "\",\"doc_id\":\"d" + i / 2 + "\",\"text\":\""
                        + "abcdefghijklmnopqrst".substring(0, 1 + (i * 7) % 20) + i
                        + "\",\"category\":\"c\",\"facts\":{\"n\":" + i + "},\"source\":\"s" + i + "\"}")
                .toArray(String[]::new));
    }

    private Path texts(String... lines) throws IOException {
        return Files.writeString(folder.resolve("texts.jsonl"), String.join("\n", lines) + "\n");
    }

    private static ExtractionSettings settings(Position position) {
        return new ExtractionSettings(2, position, 512, false, 60, 9, new DocumentSplit(3, SplitRatios.DEFAULT));
    }

    private static ExtractionSettings upTo(int maxLength, boolean strict) {
        return new ExtractionSettings(
                2, new Position.Last(), maxLength, strict, 60, 9, new DocumentSplit(3, SplitRatios.DEFAULT));
    }

    private ExtractionReport run(ActivationSource source, ExtractionSettings settings) {
        return run(source, settings, START, ExtractionListener.none());
    }

    private ExtractionReport run(
            ActivationSource source, ExtractionSettings settings, Instant now, ExtractionListener listener) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        return new Extraction(source, new CharacterEncoder(), settings, clock).run(texts, output, listener);
    }

    private static float[] expected(Row row, String text) {
        return CountingSource.vector(new CharacterEncoder().encode(text).tokenIds(), 2, row.position());
    }

    private static void refused(Runnable run, String... parts) {
        assertThatThrownBy(run::run).isInstanceOf(InputException.class).hasMessageContainingAll(parts);
    }

    @Test
    void rowsKeepTheOrderAndTheFieldsOfTheTexts() {
        ExtractionReport report = run(new CountingSource(), settings(new Position.Last()));
        assertThat(report).isEqualTo(new ExtractionReport(40, 0, 0, 0, Duration.ZERO));
        try (ActivationDataset dataset = ActivationDataset.open(output)) {
            assertThat(dataset.rows())
                    .extracting(Row::id)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 40).mapToObj(i -> "t" + i).toList());
            for (int i = 0; i < 40; i++) {
                Row row = dataset.row(i);
                assertThat(row.docId()).isEqualTo("d" + i / 2);
                assertThat(row.position()).isEqualTo(row.text().length() + 2);
                assertThat(row.nRawTokens()).isEqualTo(row.text().length());
                assertThat(row.facts()).isEqualTo(Map.of("n", i));
                assertThat(row.others()).isEqualTo(Map.of("source", "s" + i));
                assertThat(dataset.activation(i)).isEqualTo(expected(row, row.text()));
            }
            assertThat(dataset.rowsOf(Split.TRAIN)).hasSize(32);
            assertThat(dataset.sidecar().layer()).isEqualTo(2);
            assertThat(dataset.sidecar().baseModel()).isEqualTo("counting");
            assertThat(dataset.sidecar().datasetId()).isEqualTo("texts-counting-L2");
            assertThat(dataset.sidecar().other()).containsEntry("created_at", "2026-01-02T03:04:05Z");
            assertThat(dataset.sidecar().other().get("extraction"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("corpus", "texts.jsonl")
                    .containsEntry("positions_per_doc", 1)
                    .containsEntry("position", "last")
                    .containsEntry("prompt", "chat");
        }
        assertThat(folder.resolve("dataset.partial")).doesNotExist();
    }

    @Test
    void everyPositionGivesARowWithWhatWasReadSoFar() throws IOException {
        texts("{\"id\":\"x\",\"text\":\"abc\"}", "{\"id\":\"y\",\"text\":\"zu\"}");
        run(new CountingSource(), settings(new Position.All()));
        try (ActivationDataset dataset = ActivationDataset.open(output)) {
            assertThat(dataset.rows())
                    .extracting(Row::id)
                    .containsExactly("x#2", "x#3", "x#4", "x#5", "y#2", "y#3", "y#4");
            assertThat(dataset.rows()).extracting(Row::text).containsExactly("a", "ab", "abc", "abc", "z", "zu", "zu");
            assertThat(dataset.rows()).extracting(Row::nRawTokens).containsExactly(1, 2, 3, 3, 1, 2, 2);
            assertThat(dataset.rows()).extracting(Row::docId).containsExactly("x", "x", "x", "x", "y", "y", "y");
            for (int i = 0; i < 7; i++) {
                assertThat(dataset.activation(i)).isEqualTo(expected(dataset.row(i), i < 4 ? "abc" : "zu"));
            }
        }
    }

    @Test
    void leadingWhiteSpaceBelongsToWhatWasRead() throws IOException {
        texts("{\"id\":\"x\",\"text\":\" \\nab\"}");
        run(new CountingSource(), settings(new Position.All()));
        try (ActivationDataset dataset = ActivationDataset.open(output)) {
            assertThat(dataset.rows()).extracting(Row::text).containsExactly(" \n", " \n", " \na", " \nab", " \nab");
        }
    }

    @Test
    void samplesAreTakenFromEveryText() {
        run(new CountingSource(), settings(new Position.Sample(2)));
        try (ActivationDataset dataset = ActivationDataset.open(output)) {
            assertThat(dataset.size()).isEqualTo(80);
            assertThat(dataset.rows()).extracting(Row::docId).containsSubsequence("d0", "d0", "d0", "d0", "d1");
        }
    }

    @Test
    void tooLongTextsAreCutAndCounted() {
        ExtractionReport report = run(new CountingSource(), upTo(13, false));
        assertThat(report.cutTexts()).isEqualTo(23);
        try (ActivationDataset dataset = ActivationDataset.open(output)) {
            assertThat(dataset.rows())
                    .allSatisfy(row -> assertThat(row.position()).isLessThan(13));
            assertThat(dataset.row(1).text()).isEqualTo("abcdefgh1");
            assertThat(dataset.row(2).text()).isEqualTo("abcdefghij");
            assertThat(dataset.activation(2)).isEqualTo(expected(dataset.row(2), "abcdefghij"));
        }
    }

    @Test
    void tooLongTextsAreRefusedWhereThatIsWanted() {
        refused(
                () -> run(new CountingSource(), upTo(13, true)),
                "23 of 40 texts have more than 13 tokens, first 't2'",
                "max_length");
        refused(() -> run(new CountingSource(), upTo(3, false)), "text 't0'", "no room for the text in 3 tokens");
        assertThat(output).doesNotExist();
    }

    @Test
    void aKilledExtractionGoesOnAndWritesTheSameBytes() throws IOException {
        for (Position position : List.of(new Position.Last(), new Position.All(), new Position.Sample(3))) {
            output = folder.resolve("whole-" + position.label().replace(':', '-'));
            CountingSource whole = new CountingSource();
            run(whole, settings(position));
            int calls = whole.textsPerCall().size();
            assertThat(calls).isGreaterThan(5);

            Path undisturbed = output;
            output = folder.resolve("killed-" + position.label().replace(':', '-'));
            assertThatThrownBy(() -> run(new CountingSource(3), settings(position)))
                    .hasMessage("killed");
            assertThatThrownBy(() -> run(new CountingSource(1), settings(position)))
                    .hasMessage("killed");
            CountingSource rest = new CountingSource();
            ExtractionReport report = run(rest, settings(position), START.plusSeconds(3600), ExtractionListener.none());
            assertThat(rest.textsPerCall()).isEqualTo(whole.textsPerCall().subList(4, calls));
            assertThat(report.keptRows()).isPositive();
            same(undisturbed, output);
        }
    }

    @Test
    void truncatedPartialActivationsAreComputedAgain() throws IOException {
        Position last = new Position.Last();
        run(new CountingSource(), settings(last));
        Path undisturbed = output;
        output = folder.resolve("killed");
        assertThatThrownBy(() -> run(new CountingSource(3), settings(last))).hasMessage("killed");
        Path partial = folder.resolve("killed.partial/activations.f32");
        byte[] bytes = Files.readAllBytes(partial);
        Files.write(partial, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        run(new CountingSource(), settings(last));
        same(undisturbed, output);
    }

    @Test
    void aRunKilledAfterPublishingIsOnlyTidiedUp() throws IOException {
        assertThatThrownBy(() -> run(new CountingSource(2), settings(new Position.Last())))
                .hasMessage("killed");
        Path aside = folder.resolve("aside");
        Files.move(folder.resolve("dataset.partial"), aside);
        run(new CountingSource(), settings(new Position.Last()));
        Files.move(aside, folder.resolve("dataset.partial"));
        CountingSource idle = new CountingSource();
        assertThat(run(idle, settings(new Position.Last())).keptRows()).isEqualTo(40);
        assertThat(idle.textsPerCall()).isEmpty();
        assertThat(folder.resolve("dataset.partial")).doesNotExist();
    }

    @Test
    void anUnfinishedExtractionWithOtherSettingsIsLeftAlone() throws IOException {
        assertThatThrownBy(() -> run(new CountingSource(2), settings(new Position.Last())))
                .hasMessage("killed");
        refused(
                () -> run(new CountingSource(), settings(new Position.All())),
                "dataset.partial",
                "(position last, now all)");
        texts("{\"id\":\"x\",\"text\":\"abc\"}");
        refused(() -> run(new CountingSource(), settings(new Position.Last())), "other settings (texts ");
        assertThat(folder.resolve("dataset.partial/journal.txt")).exists();
    }

    @Test
    void anOutputThatHoldsSomethingIsRefused() throws IOException {
        run(new CountingSource(), settings(new Position.Last()));
        refused(() -> run(new CountingSource(), settings(new Position.Last())), "dataset", "holds a dataset already");
        output = Files.createDirectory(folder.resolve("other"));
        Files.writeString(output.resolve("notes.txt"), "mine");
        refused(() -> run(new CountingSource(), settings(new Position.Last())), "other: is not empty");
        output = Files.createDirectory(folder.resolve("empty"));
        assertThat(run(new CountingSource(), settings(new Position.Last())).rows())
                .isEqualTo(40);
    }

    @Test
    void aModelThatGivesNaNIsNamedWithTheText() throws IOException {
        texts("{\"id\":\"good\",\"text\":\"abc\"}", "{\"id\":\"bad\",\"text\":\"ab☠\"}");
        refused(() -> run(new CountingSource(), settings(new Position.All())), "text 'bad'", "NaN", "block 2, token 4");
        assertThat(output).doesNotExist();
    }

    @Test
    void layersTheModelLacksAreRefused() {
        refused(
                () -> new Extraction(
                        new CountingSource(), new CharacterEncoder(), ExtractionSettings.of(4), Clock.systemUTC()),
                "layer 4",
                "4 blocks: 0 to 3");
        refused(() -> ExtractionSettings.of(-1), "layer -1");
    }

    @Test
    void textsMayBringTheirSplits() throws IOException {
        texts(
                "{\"id\":\"a\",\"text\":\"abc\",\"split\":\"test\",\"position\":7}",
                "{\"id\":\"b\",\"text\":\"abd\",\"split\":\"train\"}");
        run(new CountingSource(), settings(new Position.Last()));
        try (ActivationDataset dataset = ActivationDataset.open(output)) {
            assertThat(dataset.rows()).extracting(Row::split).containsExactly(Split.TEST, Split.TRAIN);
            assertThat(dataset.row(0).others()).isEmpty();
            assertThat(dataset.row(0).position()).isEqualTo(5);
        }
        output = folder.resolve("wrong");
        texts("{\"id\":\"a\",\"text\":\"abc\",\"split\":\"test\"}", "{\"id\":\"b\",\"text\":\"abd\"}");
        refused(() -> run(new CountingSource(), settings(new Position.Last())), "1 of 2 texts bring a \"split\", 'a'");
        texts(
                "{\"id\":\"a\",\"doc_id\":\"d\",\"text\":\"abc\",\"split\":\"test\"}",
                "{\"id\":\"b\",\"doc_id\":\"d\",\"text\":\"abd\",\"split\":\"train\"}");
        refused(() -> run(new CountingSource(), settings(new Position.Last())), "text 'b'", "document 'd' was in test");
        texts("{\"id\":\"a\",\"text\":\"abc\",\"split\":\"dev\"}");
        refused(() -> run(new CountingSource(), settings(new Position.Last())), "split is \"dev\"");
    }

    @Test
    void progressCountsUpToAllRows() {
        List<ExtractionProgress> heard = new ArrayList<>();
        run(new CountingSource(), settings(new Position.Last()), START, heard::add);
        assertThat(heard.get(0).done()).isZero();
        assertThat(heard).extracting(ExtractionProgress::done).isSorted();
        ExtractionProgress end = heard.get(heard.size() - 1);
        assertThat(end.done()).isEqualTo(40);
        assertThat(end.total()).isEqualTo(40);
        assertThat(end.left()).isZero();
    }

    private static void same(Path left, Path right) throws IOException {
        for (String file : FILES) {
            assertThat(Files.readAllBytes(right.resolve(file))).isEqualTo(Files.readAllBytes(left.resolve(file)));
        }
    }
}
