package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.data.text.TextFile;
import dev.nla.data.text.TextRow;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the descriptions that a model writes of its own replies: every row its own, nothing else of a row touched, no line twice. */
class DataRepliesCommandTest {
    private static final Path SCENES = Fixtures.checkout("models/scenes");
    private static final String LINE = "• About to say: ";

    @TempDir
    private Path folder;

    private Path texts;
    private Path output;

    @BeforeEach
    void write() throws IOException {
        texts = folder.resolve("texts.jsonl");
        output = folder.resolve("described.jsonl");
        Files.writeString(texts, """
                {"id": "a", "doc_id": "d1", "text": "A goat kept close. One could smell the cowhide of it.", "description": "• Kind: river", "source": "book"}
                {"id": "b", "text": "A trunk came into it. It was made of clay. Nobody was haughty.", "facts": {"kind": "hill"}}
                {"id": "c", "text": "The school was where it happened. Nobody minded the mist.", "description": "• Kind: river"}
                """);
    }

    @Test
    void everyRowSaysItsOwnReply() throws IOException {
        assertThat(succeeded(replies("--texts", texts, "--output", output)).out())
                .contains(output + ": 3 descriptions say what the model is about to say");
        List<TextRow> rows = TextFile.read(output);
        assertThat(rows).extracting(TextRow::description).doesNotHaveDuplicates();
        assertThat(rows.get(0).description()).startsWith("• Kind: river\n" + LINE);
        assertThat(rows.get(1).description()).startsWith(LINE);
        assertThat(rows.get(0).docId()).isEqualTo("d1");
        assertThat(rows.get(0).others()).containsEntry("source", "book");
        assertThat(rows.get(1).facts()).containsEntry("kind", "hill");
        for (TextRow row : rows) {
            Path alone = folder.resolve(row.id() + ".jsonl");
            Path said = folder.resolve(row.id() + ".said.jsonl");
            Files.writeString(alone, "{\"id\": \"x\", \"text\": \"" + row.text() + "\"}\n");
            succeeded(replies("--texts", alone, "--output", said));
            assertThat(row.description()).endsWith(TextFile.read(said).get(0).description());
        }
    }

    @Test
    void theRowsOfADatasetGetTheirsInPlaceAndOnce() throws IOException {
        Path data = folder.resolve("dataset");
        succeeded(extract("--output", data));
        succeeded(replies("--data", data));
        String once = Files.readString(data.resolve("rows.jsonl"));
        assertThat(once).contains(LINE);
        succeeded(replies("--data", data));
        assertThat(data.resolve("rows.jsonl")).hasContent(once);
        succeeded(replies("--data", data, "--words", 1));
        assertThat(Files.readString(data.resolve("rows.jsonl"))).hasSizeLessThan(once.length());
    }

    @Test
    void activationsOfAnotherTokenOrPromptAreRefused() {
        Path sampled = folder.resolve("sampled");
        Path raw = folder.resolve("raw");
        succeeded(extract("--position", "sample:2", "--output", sampled));
        succeeded(extract("--prompt", "raw", "--output", raw));
        refused(replies("--data", sampled), FAILED, "sampled", "--position sample:2", "at the last token");
        refused(replies("--data", raw, "--prompt", "chat"), FAILED, "raw", "--prompt raw", "leave --prompt out");
        succeeded(replies("--data", raw));
    }

    @Test
    void rowsOfAnyTokenOfARawTextGoOnFromWhatWasReadThere() throws IOException {
        Path data = folder.resolve("any");
        succeeded(extract("--prompt", "raw", "--position", "all", "--output", data));
        String out = succeeded(replies("--data", data, "--just-read", 2)).out();
        List<TextRow> rows = TextFile.read(data.resolve("rows.jsonl"));
        int asked = 0;
        for (TextRow row : rows) {
            String[] words = row.text().strip().split("\\s+");
            String last = words.length < 2 ? words[0] : words[words.length - 2] + " " + words[words.length - 1];
            assertThat(row.description()).contains("• Just read: \"" + last + '"');
            asked += row.description().contains(LINE) ? 1 : 0;
        }
        assertThat(out).contains(asked + " descriptions say");
        assertThat(asked).isGreaterThan(rows.size() / 2);
        TextRow middle = rows.stream()
                .filter(row -> row.text().equals("A goat kept close."))
                .findFirst()
                .orElseThrow();
        Files.writeString(texts, "{\"id\": \"x\", \"text\": \"" + middle.text() + "\"}\n");
        succeeded(replies("--texts", texts, "--output", output, "--prompt", "raw"));
        assertThat(middle.description()).endsWith(TextFile.read(output).get(0).description());
        String once = Files.readString(data.resolve("rows.jsonl"));
        succeeded(replies("--data", data, "--just-read", 2));
        assertThat(data.resolve("rows.jsonl")).hasContent(once);
    }

    @Test
    void aRowThatIsReadBackAsOtherTokensSaysNothingOfWhatComes() throws IOException {
        Path data = folder.resolve("any");
        succeeded(extract("--prompt", "raw", "--position", "sample:1", "--output", data));
        Path rows = data.resolve("rows.jsonl");
        String first = Files.readAllLines(rows).get(0);
        int position = Integer.parseInt(first.replaceAll(".*\"position\": ?(\\d+).*", "$1"));
        Files.writeString(
                rows, Files.readString(rows).replaceFirst("\"position\": ?\\d+", "\"position\":" + (position + 1)));
        assertThat(succeeded(replies("--data", data)).out())
                .contains("2 descriptions say", "1 rows end inside a word that is read back as other tokens");
        assertThat(Files.readAllLines(rows).get(0)).doesNotContain(LINE);
    }

    @Test
    void wrongFlagsAreRefusedBeforeAnythingIsRead() {
        refused(replies("--texts", texts), USAGE, "--output is missing");
        refused(replies("--texts", texts, "--output", texts), USAGE, "is the file the texts are read from");
        refused(replies("--texts", texts, "--output", output, "--words", 0), USAGE, "--words 0");
        refused(replies("--texts", texts, "--output", output, "--max-new-tokens", 0), USAGE, "--max-new-tokens 0");
        refused(replies("--data", folder), FAILED, "no dataset");
        assertThat(output).doesNotExist();
    }

    /** The expected replies are of transformers' {@code generate}, greedy, float32, 16 tokens. */
    @Test
    @Tag("real")
    void repliesAreThoseOfTransformers() throws IOException {
        Files.writeString(texts, """
                {"id": "a", "text": "position 20 in a countable series of things"}
                {"id": "b", "text": "a cycloid generated by a point outside the rolling circle"}
                """);
        succeeded(Outcome.of(
                "data", "replies", "--model", Fixtures.smollm2(), "--texts", texts, "--output", output, "--words", 99));
        assertThat(TextFile.read(output))
                .extracting(TextRow::description)
                .containsExactly(
                        LINE + "A countable series is a sequence of objects that can be added or subtracted",
                        LINE + "The concept of cycloidal motion is rooted in the geometry of circular motion. Imagine");
    }

    private Outcome extract(Object... more) {
        List<Object> line =
                new ArrayList<>(List.of("data", "extract", "--model", SCENES, "--texts", texts, "--layer", 1));
        line.addAll(Arrays.asList(more));
        return Outcome.of(line.toArray());
    }

    private Outcome replies(Object... more) {
        List<Object> line = new ArrayList<>(List.of("data", "replies", "--model", SCENES));
        line.addAll(Arrays.asList(more));
        return Outcome.of(line.toArray());
    }

    @Test
    void aRunThatWasStoppedAsksForTheOthersOnly() throws IOException {
        succeeded(replies("--texts", texts, "--output", output));
        String straight = Files.readString(output);
        Path kept = folder.resolve(".described.jsonl.replies");
        assertThat(kept).doesNotExist();
        // A folder in the way of the file: all replies are written, and then the output cannot be.
        Files.delete(output);
        Files.createDirectories(output.resolve("in the way"));
        assertThat(replies("--texts", texts, "--output", output).code()).isEqualTo(1);
        List<String> lines = Files.readAllLines(kept);
        assertThat(lines).hasSize(4);
        Files.delete(output.resolve("in the way"));
        Files.delete(output);
        // One reply is there, told from the model's own by its words; the next line is half-written.
        Files.writeString(kept, lines.get(0) + "\n[0,\"kept words\"]\n[1,\"ha");
        succeeded(replies("--texts", texts, "--output", output));
        List<String> resumed = Files.readAllLines(output);
        assertThat(resumed.get(0)).contains(LINE + "kept words");
        assertThat(resumed.subList(1, 3)).isEqualTo(straight.lines().toList().subList(1, 3));
        assertThat(kept).doesNotExist();
    }

    @Test
    void repliesOfOtherSettingsAreNotMixedIn() throws IOException {
        Path kept = folder.resolve(".described.jsonl.replies");
        Files.writeString(kept, "\"another\"\n[0,\"kept words\"]\n");
        refused(
                replies("--texts", texts, "--output", output),
                FAILED,
                kept.toString(),
                "the replies of an unfinished run with other inputs",
                "prompt none, now chat",
                "delete the file");
        assertThat(output).doesNotExist();
    }
}
