package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.sidecar.MarkerTokens;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects the whole way with a tokenizer that puts a blank in front of every text, as those of Llama 2, Mistral 7B and Phi-3-mini do:
 * both adapters are trained with a marker that was found by itself, and are opened again.
 */
class BlankInFrontTest {
    private static final long MARKER = 299;

    @TempDir
    Path folder;

    @Test
    void adaptersAreTrainedAndOpenedWithTheMarkerFoundInThePrompt() throws IOException {
        TinyRuns runs = TinyRuns.in(folder);
        Path tokenizer = Fixtures.golden("interop/markers/prepend");
        for (String name : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(tokenizer.resolve(name), runs.at("model").resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.verbalizer("marker=auto"));
        succeeded(runs.reconstructor());
        assertThat(marker("av").text()).isEqualTo("●");
        assertThat(marker("av").id()).isEqualTo(MARKER);
        assertThat(marker("ar").text()).isEqualTo("●");
        assertThat(succeeded(Outcome.of(
                                "describe",
                                "--model",
                                runs.at("model"),
                                "--verbalizer",
                                runs.at("av/adapter"),
                                "--reconstructor",
                                runs.at("ar/adapter"),
                                "--text",
                                "one river",
                                "--max-new-tokens",
                                8))
                        .err())
                .isNotNull();
        succeeded(runs.policy("grpo"));
        assertThat(marker("grpo")).isEqualTo(marker("av"));
    }

    @Test
    void aMarkerThatNoCandidateCanBeIsSaidInOneLine() throws IOException {
        TinyRuns runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        Outcome refused = runs.verbalizer("marker=auto", "av_template=● ㈎ {injection_char}\n<explanation>");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("marker is auto but none of", "set a character that is");
    }

    private MarkerTokens marker(String run) {
        return ModelSidecar.read(folder.resolve(run).resolve("adapter"))
                .marker()
                .orElseThrow();
    }
}
