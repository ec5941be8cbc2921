package dev.nla.model.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.tokenizer.Message;
import dev.nla.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protects that a marker is found as it stands in the rendered prompt, also with tokenizers that put a blank in front of every text
 * (Llama 2, Mistral 7B, Phi-3-mini, TinyLlama), and that it stands where transformers puts it.
 */
class MarkerTest {
    private static final String TEMPLATE = "<concept>{injection_char}</concept>\n\n<explanation>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prepend",
                "metaspace-first",
                "metaspace-always",
                "metaspace-never",
                "merges",
                "bytes",
                "nfkc",
                "added"
            })
    void everyMarkerStandsWhereTransformersPutsIt(String kind) throws IOException {
        JsonNode golden = new ObjectMapper()
                .readTree(Fixtures.golden("interop/markers/golden.json").toFile())
                .get(kind);
        try (Tokenizer tokenizer = open(kind)) {
            for (JsonNode each : golden) {
                String marker = each.get("marker").textValue();
                boolean chat = each.get("kind").textValue().equals("chat");
                String template = each.get("template").textValue();
                String filled = template.replace("{injection_char}", marker);
                String text =
                        chat ? tokenizer.chatTemplate().render(List.of(new Message("user", filled)), true) : filled;
                long[] ids = chat ? tokenizer.encode(text) : tokenizer.encodeWithSpecials(text);
                assertThat(ids).as(text).containsExactly(longs(each.get("ids")));
                Optional<VerbalizerPrompt> prompt =
                        VerbalizerPrompt.renderFirst(tokenizer, template, chat, List.of(marker), 0);
                int place = each.get("place").intValue();
                assertThat(prompt.map(VerbalizerPrompt::markerPosition).orElse(-1))
                        .as("%s in %s", marker, text)
                        .isEqualTo(place);
                prompt.ifPresent(found -> assertThat(found.marker()).isEqualTo(new Marker(marker, ids[place])));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "prepend, ●",
        "metaspace-first, ●",
        "metaspace-always, ●",
        "metaspace-never, ●",
        "merges, ㈎",
        "bytes, ★",
        "nfkc, ■",
        "added, ●"
    })
    void theFirstCandidateThatIsOneTokenOfThePromptIsTaken(String kind, String chosen) {
        try (Tokenizer tokenizer = open(kind)) {
            for (boolean chat : new boolean[] {false, true}) {
                assertThat(VerbalizerPrompt.renderFirst(tokenizer, TEMPLATE, chat, Marker.CANDIDATES, 0)
                                .map(prompt -> prompt.marker().text()))
                        .contains(chosen);
            }
        }
    }

    @Test
    void aMarkerBehindABlankMayBeATokenTogetherWithIt() {
        try (Tokenizer tokenizer = open("merges")) {
            Marker between = render(tokenizer, TEMPLATE, "㈎");
            Marker behindBlank = render(tokenizer, "<concept> {injection_char} </concept>", "㈎");
            assertThat(tokenizer.encode("㈎")).containsExactly(behindBlank.id());
            assertThat(between.id()).isNotEqualTo(behindBlank.id());
        }
    }

    @Test
    void whereThePromptNamesTheMarkerOnceMoreTheTokenOfTheCharacterAloneIsMeant() {
        try (Tokenizer tokenizer = open("merges")) {
            assertThat(render(tokenizer, "<x>㈎: {injection_char}", "㈎").id())
                    .isEqualTo(tokenizer.encode("㈎")[0]);
            assertThatThrownBy(() -> render(tokenizer, "<㈎> <{injection_char}>", "㈎"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("exactly once");
        }
    }

    @Test
    void whatIsNoTokenOfItsOwnIsRefusedWithTheReason() {
        try (Tokenizer bytes = open("bytes");
                Tokenizer nfkc = open("nfkc")) {
            assertThatThrownBy(() -> render(bytes, TEMPLATE, "●"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContainingAll("'●'", "splits it into", "choose a marker that is one token");
            assertThatThrownBy(() -> render(nfkc, TEMPLATE, "㈎"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("choose a marker that is one token");
        }
    }

    @Test
    void aMarkerThatGrowsTogetherWithItsNeighboursIsRefusedWithAWayOut() {
        try (Tokenizer tokenizer = open("prepend")) {
            assertThatThrownBy(() -> render(tokenizer, "<e{injection_char}", "x"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("put spaces or tags around {injection_char}");
        }
    }

    @Test
    void theReconstructorsMarkerIsTheLastOne() {
        try (Tokenizer tokenizer = open("prepend")) {
            long[] prompt = tokenizer.encodeWithSpecials("● <summary>●");
            Marker marker = Marker.lastIn(tokenizer, "●", prompt);
            assertThat(marker.id()).isEqualTo(prompt[prompt.length - 1]);
            assertThatThrownBy(() -> Marker.lastIn(tokenizer, "㈎", tokenizer.encode("<summary>㈎")))
                    .isInstanceOf(InputException.class);
        }
    }

    private static Marker render(Tokenizer tokenizer, String template, String marker) {
        return VerbalizerPrompt.render(tokenizer, template, false, marker, 0).marker();
    }

    private static Tokenizer open(String kind) {
        return Tokenizer.open(Fixtures.golden("interop/markers").resolve(kind));
    }

    private static long[] longs(JsonNode ids) {
        return StreamSupport.stream(ids.spliterator(), false)
                .mapToLong(JsonNode::longValue)
                .toArray();
    }
}
