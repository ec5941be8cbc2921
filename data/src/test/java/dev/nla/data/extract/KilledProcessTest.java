package dev.nla.data.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.data.extract.source.ActivationSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects against the real thing: a process that is killed without warning, at whatever instruction it was. */
class KilledProcessTest {
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    @TempDir
    private Path folder;

    /** The process to kill: extracts TEXTS into OUTPUT, 20 ms a batch. */
    public static void main(String[] arguments) {
        int shardRows = Integer.parseInt(arguments[2]);
        extract(Path.of(arguments[0]), Path.of(arguments[1]), shardRows, new CountingSource(), progress -> pause(20));
    }

    private static void extract(
            Path texts, Path output, int shardRows, ActivationSource source, ExtractionListener listener) {
        ExtractionSettings usual = ExtractionSettings.of(1);
        ExtractionSettings settings = new ExtractionSettings(
                usual.layer(), usual.position(), 0, 512, true, 30, usual.seed(), usual.split(), shardRows);
        new Extraction(source, new CharacterEncoder(), settings, CLOCK).run(texts, output, listener);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65_536, 70})
    void theDatasetIsTheSameByteForByte(int shardRows) throws Exception {
        Path texts = Files.writeString(
                folder.resolve("texts.jsonl"),
                IntStream.range(0, 400)
                        .mapToObj(i -> "{\"id\":\"t" + i + "\",\"text\":\"text number " + i + "\"}\n")
                        .collect(Collectors.joining()));
        Path whole = folder.resolve("whole");
        CountingSource all = new CountingSource();
        extract(texts, whole, shardRows, all, ExtractionListener.none());
        Path killed = folder.resolve("killed");
        killAfter(5, texts, killed, shardRows);
        assertThat(killed).doesNotExist();
        CountingSource rest = new CountingSource();
        extract(texts, killed, shardRows, rest, ExtractionListener.none());
        assertThat(rest.textsPerCall().size()).isBetween(1, all.textsPerCall().size() - 5);
        assertThat(files(killed)).isEqualTo(files(whole)).hasSize(shardRows == 70 ? 15 : 3);
        for (String file : files(whole)) {
            assertThat(killed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void killAfter(int batches, Path texts, Path output, int shardRows)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledProcessTest.class.getName(),
                        texts.toString(),
                        output.toString(),
                        String.valueOf(shardRows))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
        Path journal = folder.resolve(output.getFileName() + ".partial").resolve("journal.txt");
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (process.isAlive() && lines(journal) < batches && Instant.now().isBefore(deadline)) {
            pause(5);
        }
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(lines(journal))
                .as(Files.readString(folder.resolve("output.txt")))
                .isGreaterThanOrEqualTo(batches);
    }

    private static long lines(Path journal) throws IOException {
        return Files.exists(journal)
                ? Files.readString(journal)
                        .lines()
                        .filter(line -> !line.isEmpty())
                        .count()
                : 0;
    }
}
