package dev.nla.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects how texts are read: defaults, what is kept, and that every fault names its file and line. */
class TextFileTest {
    @TempDir
    private Path folder;

    private Path file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("texts.jsonl"), String.join("\n", lines) + "\n");
    }

    @Test
    void missingFieldsTakeTheirDefaults() throws IOException {
        List<TextRow> rows =
                TextFile.read(file("{\"id\":\"a\",\"text\":\"one\"}", "", "{\"id\":\"b\",\"text\":\"two\"}"));
        assertThat(rows).containsExactly(TextRow.of("a", "one"), TextRow.of("b", "two"));
        assertThat(rows.get(0).docId()).isEqualTo("a");
    }

    @Test
    void everyFieldIsKept() throws IOException {
        TextRow row = TextFile.read(
                        file(
                                "{\"id\":\"a\",\"doc_id\":\"D\",\"text\":\" 100 % é \",\"description\":\"d\","
                                        + "\"category\":\"c\",\"group\":\"g\",\"facts\":{\"z\":1,\"a\":[true,null]},\"source\":\"web\",\"n\":2.5}"))
                .get(0);
        assertThat(row.docId()).isEqualTo("D");
        assertThat(row.text()).isEqualTo(" 100 % é ");
        assertThat(row.facts()).containsEntry("z", 1).containsKey("a");
        assertThat(row.facts().keySet()).containsExactly("z", "a");
        assertThat(row.others()).isEqualTo(Map.of("source", "web", "n", 2.5));
    }

    @Test
    void faultsNameFileAndLine() throws IOException {
        String good = "{\"id\":\"a\",\"text\":\"one\"}";
        refused(
                "texts.jsonl:2: text is \"  \": expected more than white space",
                good,
                "{\"id\":\"b\",\"text\":\"  \"}");
        refused("texts.jsonl:2: text is missing: expected a text", good, "{\"id\":\"b\"}");
        refused("texts.jsonl:3: id \"a\" stands on line 1 already", good, "", good);
        refused("texts.jsonl:2: not a JSON object", good, "{\"id\":\"b\",");
        refused("texts.jsonl:1: one JSON object a line", "[1]");
        refused("texts.jsonl:1: not a JSON object", good + good);
        refused("texts.jsonl:1: not a JSON object", "{\"id\":\"a\",\"id\":\"b\",\"text\":\"x\"}");
        refused("texts.jsonl:1: id is 7: expected a text", "{\"id\":7,\"text\":\"x\"}");
        refused("texts.jsonl:1: facts is \"x\": expected an object", "{\"id\":\"a\",\"text\":\"x\",\"facts\":\"x\"}");
        refused("holds no rows", "");
    }

    @Test
    void unreadableFilesAreNamed() throws IOException {
        assertThatThrownBy(() -> TextFile.read(folder.resolve("none.jsonl")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("none.jsonl")
                .hasMessageContaining("no such file");
        Path latin = Files.write(folder.resolve("latin.jsonl"), "{\"id\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TextFile.read(latin))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void aByteOrderMarkIsSkipped() throws IOException {
        assertThat(TextFile.read(file("\uFEFF{\"id\":\"a\",\"text\":\"one\"}"))).hasSize(1);
    }

    @Test
    @Tag("real")
    void theRealCorpusIsRead() {
        List<TextRow> rows = TextFile.read(Fixtures.corpus());
        assertThat(rows).hasSize(4880).allSatisfy(row -> {
            assertThat(row.facts()).isNotEmpty();
            assertThat(row.description()).isNotEmpty();
            assertThat(row.others()).isEmpty();
        });
    }

    private void refused(String message, String... lines) throws IOException {
        Path file = file(lines);
        assertThatThrownBy(() -> TextFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }
}
