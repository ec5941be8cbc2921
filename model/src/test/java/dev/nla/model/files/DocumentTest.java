package dev.nla.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Protects the reading of settings: arbitrary files are read or refused by name, and numbers mean what they say. */
class DocumentTest {
    @Property(tries = 150)
    void arbitraryBytesAreReadOrRefusedByName(@ForAll byte[] bytes) throws IOException {
        assertReadOrRefused(bytes, Document::json);
        assertReadOrRefused(bytes, Document::yaml);
    }

    @Property(tries = 300)
    void arbitraryPunctuationIsReadOrRefusedByName(@ForAll("punctuation") String text) throws IOException {
        assertReadOrRefused(text.getBytes(), Document::json);
        assertReadOrRefused(text.getBytes(), Document::yaml);
    }

    @Provide
    Arbitrary<String> punctuation() {
        return Arbitraries.strings()
                .withChars("{}[]:,'\"&*!|>%@`#- \n\tab1.e+~?\\\u0000")
                .ofMaxLength(30);
    }

    @Example
    void numbersAreChecked() throws IOException {
        Document document = yaml("a: 1.0\nb: 1e400\nc: 12345678901\nd: 'x'\ne: {f: [1, 2]}\ng: 0\n");
        assertThat(document.requiredInteger("a", 0, 5)).isEqualTo(1);
        assertThat(document.ids("e.f")).containsExactly(1L, 2L);
        assertThat(document.integer("none", 0, 1)).isEmpty();
        assertThatThrownBy(() -> document.positive("b")).hasMessageContaining("expected a number above 0");
        assertThatThrownBy(() -> document.integer("c", 0, Integer.MAX_VALUE)).hasMessageContaining("c is 12345678901");
        assertThatThrownBy(() -> document.positive("d")).hasMessageContaining("d is \"x\"");
        assertThatThrownBy(() -> document.positive("g")).hasMessageContaining("g is 0");
        assertThatThrownBy(() -> document.text("e")).hasMessageContaining("expected a text");
        assertThatThrownBy(() -> document.flag("a", true)).hasMessageContaining("true or false");
    }

    private static Document yaml(String text) throws IOException {
        Path file = Files.createTempFile("nla", ".yaml");
        try {
            Files.writeString(file, text);
            return Document.yaml(file);
        } finally {
            Files.delete(file);
        }
    }

    private static void assertReadOrRefused(byte[] bytes, Function<Path, Document> reader) throws IOException {
        Path file = Files.createTempFile("nla", ".txt");
        try {
            Files.write(file, bytes);
            assertThat(reader.apply(file).tree()).isNotNull();
        } catch (InputException refused) {
            assertThat(refused).hasMessageContaining(file.getFileName().toString());
            assertThat(refused.getMessage()).doesNotContain("\n");
        } finally {
            Files.delete(file);
        }
    }
}
