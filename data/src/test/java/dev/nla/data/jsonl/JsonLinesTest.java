package dev.nla.data.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.text.DescribedFile;
import dev.nla.data.text.DescriptionsFile;
import dev.nla.data.text.TextFile;
import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects that every file of lines is read by the same rules, that faults name file, line and key, and that what was read can be written. */
class JsonLinesTest {
    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("f.jsonl"), content);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{'a': 1} {'a': 2}~f.jsonl:2: not a JSON object: something follows after its end",
                "{'a': 1}{'a': 2}~f.jsonl:2: not a JSON object: something follows after its end",
                "{'a': 1} x~f.jsonl:2: not a JSON object",
                "{'a': 1, 'a': 2}~f.jsonl:2: not a JSON object: Duplicate field 'a'",
                "{'a': {'b': [0, NaN]}}~f.jsonl:2: a.b[1] is NaN: JSON has no such number: leave it out or write null",
                "{'a': -Infinity}~f.jsonl:2: a is -Infinity",
                "{'a': 1e999}~f.jsonl:2: a is Infinity",
                "{'a': nan}~f.jsonl:2: not a JSON object: 'nan' is no value",
                "{'a': True}~f.jsonl:2: not a JSON object: 'True' is no value",
                "{'a': ~f.jsonl:2: not a JSON object: it ends in the middle",
                "[1]~f.jsonl:2: one JSON object a line was expected",
                "7~f.jsonl:2: one JSON object a line was expected",
                "null~f.jsonl:2: one JSON object a line was expected",
            })
    void faultsNameFileAndLine(String line, String message) throws IOException {
        Path file = file("{\"ok\": 1}\n" + line.replace('\'', '"') + "\n");
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message.replace("'a'", "'a'"))
                .message()
                .doesNotContain("Jackson", "JsonReadFeature", "Feature", "com.", "java.");
    }

    @Test
    void nestingIsBounded() throws IOException {
        Path file = file("{\"a\": " + "[".repeat(200_000) + "\n");
        assertThatThrownBy(() -> read(file)).hasMessageContaining("f.jsonl:1").hasMessageContaining("1000 levels deep");
    }

    @Test
    void marksBlankLinesAndLineEndsAreNoMatter() throws IOException {
        Path file = file("\uFEFF{\"a\": 1}\r\n\r\n  \n{\"a\": 2}\r{\"a\": 3}");
        assertThat(read(file)).extracting(JsonLine::number).containsExactly(1, 4, 5);
    }

    @Test
    void whatIsNotUtf8IsNamedByItsLine() throws IOException {
        for (String bad : List.of("{\"a\": \"\u00e9\"}", "{\"a\": \"\u00ed\u00a0\u00bd\"}")) {
            Path file = folder.resolve("latin.jsonl");
            Files.write(file, ("{\"a\": 1}\n" + bad + "\n").getBytes(StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> read(file)).hasMessageContaining("latin.jsonl:2: the text is not UTF-8");
        }
    }

    @Test
    void halfASurrogatePairIsReadAsTheReplacementCharacterAndCanBeWritten() throws IOException {
        Path file =
                file("{\"id\": \"a\\udc00\", \"text\": \"cut \\ud83d\", \"description\": \"\\ud83d \\ud83d\\ude00\","
                        + " \"k\": [{\"x\": \"\\ude00\\ud83d\"}]}\n");
        assertThat(TextFile.read(file).get(0).text()).isEqualTo("cut \uFFFD");
        assertThat(DescriptionsFile.read(file).byId()).containsEntry("a\uFFFD", List.of("\uFFFD \uD83D\uDE00"));
        Path out = folder.resolve("out.jsonl");
        DescribedFile.read(file).writeAll(out, List.of("new \ud83d"));
        assertThat(out).content().contains("cut \uFFFD", "\"k\":[{\"x\":\"\uFFFD\uFFFD\"}]", "new \uFFFD");
    }

    @Test
    void halfASurrogatePairInAKeyIsRefused() throws IOException {
        Path file = file("{\"k\\ud83d\": 1}\n");
        assertThatThrownBy(() -> read(file))
                .hasMessageContaining("f.jsonl:1: ")
                .hasMessageContaining("surrogate pair in field name");
    }

    @Test
    void descriptionsAreReadByTheSameRules() throws IOException {
        String good = "{\"id\": \"a\", \"description\": \"d\"}";
        assertThat(DescriptionsFile.read(file("\uFEFF" + good)).byId()).containsKey("a");
        for (String bad : List.of(good + good, good.replace("}", ", \"id\": \"b\"}"), good.replace("\"d\"", "NaN"))) {
            Path file = file(good + "\n" + bad);
            assertThatThrownBy(() -> DescriptionsFile.read(file)).hasMessageContaining("f.jsonl:2: ");
        }
    }

    private static List<JsonLine> read(Path file) {
        List<JsonLine> lines = new ArrayList<>();
        JsonLines.forEach(file, lines::add);
        return lines;
    }
}
