package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects describing in bulk: every token as it is described alone, all formats saying the same, runs that are not mixed, and what is refused. */
class DescribeManyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path MODEL = Fixtures.checkout("models/scenes");
    private static final Path VERBALIZER = Fixtures.checkout("adapters/scenes/verbalizer");
    private static final Path RECONSTRUCTOR = Fixtures.checkout("adapters/scenes/reconstructor");
    private static final String GOAT = "A goat kept close.";
    private static final String IRON = "It was made of iron. The fog was thick.";

    @TempDir
    Path folder;

    private Path texts;

    @BeforeEach
    void write() throws IOException {
        texts = Files.writeString(folder.resolve("texts.txt"), GOAT + "\n" + IRON + "\n");
    }

    private static Outcome describe(Object... more) {
        List<Object> line =
                new ArrayList<>(List.of("describe", "--model", MODEL, "--verbalizer", VERBALIZER, "--threads", 2));
        line.addAll(Arrays.asList(more));
        return Outcome.of(line.toArray());
    }

    private Path output(String name, Object... more) {
        Path output = folder.resolve(name);
        List<Object> line = new ArrayList<>(List.of("--output", output));
        line.addAll(Arrays.asList(more));
        succeeded(describe(line.toArray()));
        return output;
    }

    private static List<JsonNode> rows(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }

    @Test
    void everyTokenIsDescribedAsItIsAlone() throws IOException {
        List<JsonNode> rows =
                rows(output("all.jsonl", "--texts", texts, "--positions", "all", "--reconstructor", RECONSTRUCTOR));
        assertThat(rows).hasSizeGreaterThan(20);
        assertThat(rows.get(0).path("doc_id").asText()).isEqualTo("1");
        assertThat(rows.get(rows.size() - 1).path("doc_id").asText()).isEqualTo("2");
        for (int i : new int[] {0, 5, rows.size() - 1}) {
            JsonNode row = rows.get(i);
            JsonNode alone = JSON.readTree(describe(
                            "--text",
                            row.path("doc_id").asText().equals("1") ? GOAT : IRON,
                            "--position",
                            row.path("position").asInt(),
                            "--reconstructor",
                            RECONSTRUCTOR,
                            "--json")
                    .out());
            assertThat(row.path("id").asText())
                    .isEqualTo(row.path("doc_id").asText() + "#"
                            + row.path("position").asInt());
            for (String key : List.of("adapter", "layer", "prompt", "position", "token", "warnings")) {
                assertThat(row.path(key)).as(key).isEqualTo(alone.path(key));
            }
            JsonNode best = row.path("descriptions").path(0);
            JsonNode own = alone.path("descriptions").path(0);
            assertThat(best.path("text")).isEqualTo(own.path("text"));
            assertThat(best.path("centered_cosine").asDouble())
                    .isCloseTo(own.path("centered_cosine").asDouble(), org.assertj.core.data.Offset.offset(1e-5));
        }
    }

    @Test
    void rowsOfAnotherKindThanTheAdapterWasTrainedOnAreCounted() {
        Outcome last = describe("--texts", texts, "--output", folder.resolve("last.jsonl"));
        assertThat(last.err()).doesNotContain("warning");
        Outcome some = describe("--texts", texts, "--positions", "4:6", "--output", folder.resolve("some.jsonl"));
        assertThat(some.err()).contains("nla: warning: 4 of 4 rows are less trustworthy");
        assertThat(some.out()).contains("4 activations in words");
    }

    @Test
    void positionsAreThoseAskedFor() throws IOException {
        assertThat(positions("4:7")).containsExactly(4, 5, 6, 4, 5, 6);
        assertThat(positions("5")).containsExactly(5, 5);
        assertThat(positions("last")).hasSize(2);
        assertThat(positions("sample:3")).hasSize(6);
        List<Integer> every = positions("every:4");
        assertThat(every.get(1) - every.get(0)).isEqualTo(4);
    }

    private List<Integer> positions(String which) {
        String out = describe("--texts", texts, "--positions", which, "--max-new-tokens", 2, "--json")
                .out();
        return out.lines()
                .map(line -> {
                    try {
                        return JSON.readTree(line).path("position").asInt();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @Test
    void equalSamplesAreOneDescriptionWithItsCount() throws IOException {
        JsonNode row = rows(output(
                        "samples.jsonl",
                        "--texts",
                        texts,
                        "--samples",
                        8,
                        "--temperature",
                        0.5,
                        "--reconstructor",
                        RECONSTRUCTOR))
                .get(0);
        int counted = 0;
        List<String> different = new ArrayList<>();
        double before = 1;
        for (JsonNode each : row.path("descriptions")) {
            counted += each.path("count").asInt();
            different.add(each.path("text").asText());
            assertThat(each.path("centered_cosine").asDouble()).isLessThanOrEqualTo(before);
            before = each.path("centered_cosine").asDouble();
        }
        assertThat(counted).isEqualTo(8);
        assertThat(different).doesNotHaveDuplicates().hasSizeLessThan(8);
    }

    @Test
    void allFormatsSayTheSame() throws IOException, SQLException {
        Object[] what = {"--texts", texts, "--samples", 2, "--temperature", 1};
        List<JsonNode> rows = rows(output("a.jsonl", what));
        List<String> wanted = new ArrayList<>();
        rows.forEach(row -> row.path("descriptions")
                .forEach(each -> wanted.add(each.path("text").asText())));
        Path csv = output("a.csv", what);
        Path parquet = output("a.parquet", what);
        assertThat(Files.readString(csv))
                .startsWith("id,doc_id,adapter,layer,prompt,position,token,choice,count,text,");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            assertThat(read(connection, "read_csv('" + csv + "')")).isEqualTo(wanted);
            assertThat(read(connection, "read_parquet('" + parquet + "')")).isEqualTo(wanted);
        }
        String page = Files.readString(output("a.html", what));
        wanted.forEach(text -> assertThat(page).contains(text.lines().toList().get(0)));
    }

    private static List<String> read(Connection connection, String table) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet result =
                connection.createStatement().executeQuery("SELECT text FROM " + table + " ORDER BY id, choice")) {
            while (result.next()) {
                texts.add(result.getString(1));
            }
        }
        return texts;
    }

    @Test
    void markupOfATextIsShownNotObeyed() throws IOException {
        Path hostile = Files.writeString(
                folder.resolve("x.jsonl"), "{\"id\":\"<b>\",\"text\":\"<script>alert(1)</script>\"}\n");
        String page = Files.readString(output("x.html", "--texts", hostile, "--positions", "all"));
        assertThat(page).doesNotContain("<script", "<b>").contains("&lt;b&gt;");
    }

    @Test
    void standardInputIsReadAsTextOrJson() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream((GOAT + "\n\n" + IRON + "\n").getBytes(StandardCharsets.UTF_8)));
            assertThat(describe("--texts", "-", "--json").out()).hasLineCount(2).contains("\"doc_id\":\"3\"");
            System.setIn(new ByteArrayInputStream("{\"text\": \"A goat.\"}".getBytes(StandardCharsets.UTF_8)));
            assertThat(describe("--texts", "-").out()).startsWith("1 ");
            System.setIn(new ByteArrayInputStream(GOAT.getBytes(StandardCharsets.UTF_8)));
            assertThat(describe("--text", "-").out())
                    .isEqualTo(describe("--text", GOAT).out());
            System.setIn(new ByteArrayInputStream(new byte[0]));
            refused(describe("--texts", "-"), FAILED, "standard input", "holds no text");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void severalAdaptersDescribeEveryActivation() throws IOException {
        Path other = folder.resolve("other");
        Files.createDirectories(other);
        for (Path file : Files.list(VERBALIZER).toList()) {
            Files.copy(file, other.resolve(file.getFileName()));
        }
        List<JsonNode> rows = rows(output("two.jsonl", "--texts", texts, "--adapter", other));
        assertThat(rows)
                .extracting(row -> row.path("adapter").asText())
                .containsExactly(VERBALIZER.toString(), other.toString(), VERBALIZER.toString(), other.toString());
        assertThat(rows.get(0).path("descriptions")).isEqualTo(rows.get(1).path("descriptions"));
        refused(describe("--adapter", VERBALIZER, "--texts", texts), USAGE, "--verbalizer", "given twice");
    }

    @Test
    void rowsOfADatasetAndVectorsOfAFileAreDescribedAsTheTextsTheyAreOf() throws IOException {
        Path data = folder.resolve("data");
        succeeded(Outcome.of(
                "data",
                "extract",
                "--model",
                MODEL,
                "--texts",
                texts,
                "--layer",
                4,
                "--split",
                "50/0/50",
                "--output",
                data));
        List<String> ofTexts = words(output("texts.jsonl", "--texts", texts));
        assertThat(words(output("data.jsonl", "--data", data))).isEqualTo(ofTexts);
        Path vectors = data.resolve("activations.safetensors");
        Path all = output("vectors.jsonl", "--vectors", vectors);
        assertThat(words(all)).isEqualTo(ofTexts);
        assertThat(rows(all)).extracting(row -> row.path("id").asText()).containsExactly("0", "1");
        assertThat(describe("--vector", vectors, "--row", 1, "--tensor", "activations")
                        .out())
                .isEqualToIgnoringNewLines(ofTexts.get(1));
        Path some = output("split.jsonl", "--data", data, "--split", "test", "--limit", 1);
        assertThat(rows(some)).hasSize(1);
        Path one = output("one.jsonl", "--data", data, "--id", "2");
        assertThat(rows(one)).extracting(row -> row.path("id").asText()).containsExactly("2");
        refused(describe("--data", data, "--id", "9", "--output", folder.resolve("x.csv")), FAILED, "--id 9");
        refused(describe("--data", data, "--split", "validation"), FAILED, "--split validation", "no rows");
        refused(describe("--data", data, "--limit", 0), USAGE, "--limit 0");
        refused(describe("--vectors", vectors, "--tensor", "other"), FAILED, "no tensor 'other'", "activations");
        refused(describe("--vectors", vectors, "--row", 1), USAGE, "--vector");
        refused(describe("--data", data, "--id", "1", "--limit", 2), USAGE, "--id", "leave out");
    }

    private static List<String> words(Path file) throws IOException {
        return rows(file).stream()
                .map(row -> row.path("descriptions").path(0).path("text").asText())
                .toList();
    }

    @Test
    void whatCannotBeDescribedIsRefusedInOneLine() throws IOException {
        Path output = folder.resolve("out.jsonl");
        Files.writeString(output, "mine");
        refused(
                describe("--texts", texts, "--output", output),
                FAILED,
                output.toString(),
                "exists already",
                "--output");
        assertThat(output).hasContent("mine");
        refused(
                describe("--texts", texts, "--output", folder.resolve("out.xls")),
                USAGE,
                "--output",
                ".jsonl",
                ".html");
        refused(describe("--texts", texts, "--positions", "900:901"), FAILED, "none of 2 texts", "--position 900:901");
        refused(describe("--texts", texts, "--positions", "first"), USAGE, "--position first", "every:N");
        refused(describe("--texts", texts, "--positions", "7:7"), USAGE, "--position 7:7");
        refused(describe("--texts", folder.resolve("none.txt")), FAILED, "none.txt");
        Path empty = Files.writeString(folder.resolve("empty.txt"), "\n \n");
        refused(describe("--texts", empty), FAILED, "empty.txt", "holds no text");
        Path blank = Files.writeString(folder.resolve("blank.jsonl"), "{\"text\": \" \"}\n");
        refused(describe("--texts", blank), FAILED, "blank.jsonl:1", "text");
        Path mixed =
                Files.writeString(folder.resolve("mixed.jsonl"), "{\"id\":\"a\",\"text\":\"x\"}\n{\"text\":\"y\"}\n");
        refused(describe("--texts", mixed), FAILED, "mixed.jsonl:2", "\"id\" is missing");
        Path table = Files.writeString(folder.resolve("table.csv"), "\uFEFFid,text\n1,x\n");
        refused(describe("--texts", table), FAILED, "table.csv:1");
        Path longer = Files.writeString(folder.resolve("long.txt"), "word ".repeat(3000));
        refused(describe("--texts", longer), FAILED, "1 of 1 texts", "--max-length");
        refused(describe("--text", GOAT, "--position", "-1"), USAGE, "--position -1", "0 to");
        refused(describe("--vector", texts, "--positions", "all"), USAGE, "--vector", "leave out --positions");
        assertThat(folder.resolve(".out.jsonl.rows")).doesNotExist();
    }

    @Test
    void aTextThatIsTooLongIsCutWhereThatIsAskedFor() {
        assertThat(describe("--text", "word ".repeat(3000), "--max-length", 40, "--json")
                        .out())
                .contains("\"position\":39");
    }

    @Test
    void unfinishedRunsOfOtherSettingsAreNotGoneOnWith() throws IOException {
        Path output = folder.resolve("mix.jsonl");
        Files.writeString(folder.resolve(".mix.jsonl.rows"), "{\"seed\":\"7\"}\n{\"rows\":[{\"id\":\"x\"}]}\n");
        refused(
                describe("--texts", texts, "--output", output),
                FAILED,
                ".mix.jsonl.rows",
                "other inputs",
                "seed 7, now 0");
    }
}
