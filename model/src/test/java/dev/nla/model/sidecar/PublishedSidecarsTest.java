package dev.nla.model.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Protects the conventions of published adapters: the numbers of their cards and documents, each with its source in the file. */
class PublishedSidecarsTest {
    private static final Path NOWHERE = Path.of("nowhere");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("dev.nla.model.sidecar.PublishedSidecars#NAMES")
    void everyOneIsCompleteAndSaysItsSource(String name) throws IOException {
        ModelSidecar sidecar = PublishedSidecars.named(name);
        assertThat(sidecar.baseModel()).isPresent();
        assertThat(sidecar.layer()).isPresent();
        assertThat(sidecar.role()).isEqualTo(name.contains("-av") ? Role.VERBALIZER : Role.RECONSTRUCTOR);
        assertThat(sidecar.reconstructorTemplate().isPresent()).isEqualTo(sidecar.role() == Role.RECONSTRUCTOR);
        try (InputStream in = PublishedSidecars.class.getResourceAsStream("published/" + name + ".yaml")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("# ")
                    .contains("github.com/");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "anicka/nla-qwen2.5-7b-L20-av-v2,3584,20,150,㈎,149705,false,73",
        "anicka/nla-qwen25-7b-L20-av,3584,20,150,㈎,149705,false,",
        "kitft/nla-qwen2.5-7b-L20-av,3584,20,150,㈎,149705,true,",
        "kitft/nla-gemma3-12b-L32-av,3840,32,80000,㈜,246566,true,",
        "kitft/nla-gemma3-27b-L41-av,5376,41,60000,㈜,246566,true,",
        "kitft/Llama-3.3-70B-NLA-L53-av,8192,53,30,㎡,105565,true,"
    })
    void verbalizersAreAskedAsTheirAuthorsAsk(
            String name, int d, int layer, double norm, String marker, long token, boolean chat, Integer depth) {
        ModelSidecar sidecar = PublishedSidecars.named(name);
        assertThat(sidecar.dModel()).isEqualTo(d);
        assertThat(sidecar.layer()).isEqualTo(OptionalInt.of(layer));
        assertThat(sidecar.injectionNorm()).isEqualTo(OptionalDouble.of(norm));
        assertThat(sidecar.injectionCenter()).isEqualTo(InjectionCenter.NONE);
        assertThat(sidecar.marker().orElseThrow().text()).isEqualTo(marker);
        assertThat(sidecar.marker().orElseThrow().id()).isEqualTo(token);
        assertThat(sidecar.chatTemplate()).isEqualTo(chat);
        assertThat(sidecar.depthPercent()).isEqualTo(depth == null ? OptionalInt.empty() : OptionalInt.of(depth));
        String template = sidecar.verbalizerTemplate().orElseThrow();
        assertThat(template.contains("{depth}%")).isEqualTo(depth != null);
        assertThat(template.endsWith("\n\n<explanation>")).isEqualTo(!chat);
    }

    @Test
    void theSeedsPromptIsThatOfTheSettings() throws IOException {
        String settings = Files.readString(Fixtures.checkout("configs/qwen2.5-7b/sft.yaml"));
        String prompt =
                settings.substring(settings.indexOf("|-\n") + 3).stripTrailing().replaceAll("(?m)^  ", "");
        assertThat(PublishedSidecars.named("anicka/nla-qwen2.5-7b-L20-av-v2").verbalizerTemplate())
                .isEqualTo(Optional.of(prompt));
        assertThat(PublishedSidecars.named("kitft/nla-qwen2.5-7b-L20-av").verbalizerTemplate())
                .isEqualTo(ModelSidecar.read(Fixtures.golden("interop/sidecars/released_av"))
                        .verbalizerTemplate());
    }

    @Test
    void aFileWinsOverANameAndWhatIsNeitherIsNamed() throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.copy(Fixtures.golden("interop/sidecars/released_av/nla_meta.yaml"), file);
        assertThat(PublishedSidecars.find(file.toString(), NOWHERE).dModel()).isEqualTo(576);
        assertThat(PublishedSidecars.find(
                                Fixtures.golden("interop/sidecars/released_ar").toString(), NOWHERE)
                        .role())
                .isEqualTo(Role.RECONSTRUCTOR);
        assertThat(PublishedSidecars.find("kitft/nla-gemma3-12b-L32-ar", NOWHERE)
                        .readout())
                .isEqualTo(Readout.VALUE_HEAD);
        assertThatThrownBy(() -> PublishedSidecars.find("seed", NOWHERE))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("like seed", "no file", "anicka/nla-qwen2.5-7b-L20-av-v2");
    }
}
