package dev.nla.remote.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Protects that a teacher is asked for each text, and for an answer that can be read. */
class PromptTemplateTest {
    @Test
    void theUsualPromptShowsTheFormAndEndsWithTheText() {
        assertThat(PromptTemplate.standard().of("The {text}."))
                .contains("<explanation>\n• …\n• …\n</explanation>")
                .endsWith("The {text}.\n");
    }

    @Test
    void promptsWithoutAPlaceOrAFormAreRefused() {
        assertThatThrownBy(() -> new PromptTemplate("Describe. </explanation>")).hasMessageContaining("{text}");
        assertThatThrownBy(() -> new PromptTemplate("Describe {text}.")).hasMessageContaining("</explanation>");
    }

    @Test
    void theDocumentedPromptIsTheOneThatIsAsked() throws IOException {
        assertThat(Fixtures.checkout("docs/how-to/describe-with-a-teacher.md"))
                .content()
                .contains("```text\n" + PromptTemplate.standard().text() + "```");
    }
}
