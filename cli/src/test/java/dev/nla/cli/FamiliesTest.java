package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.config.Family;
import dev.nla.model.lora.PeftConfig;
import dev.nla.model.lora.Projection;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Protects the way from texts to three adapters and a description for models whose blocks are not Llama's. */
class FamiliesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"MISTRAL", "PHI3", "GEMMA3"})
    void allStagesRunAndTheirAdaptersDescribe(Family family) throws IOException {
        TinyRuns runs = TinyRuns.in(folder, family.modelType());
        runs.all();
        Path adapter = runs.at("hardneg/adapter");
        assertThat(PeftConfig.read(adapter).spec().targets()).isEqualTo(Projection.of(family));
        Outcome described = succeeded(Outcome.of(
                "describe",
                "--model",
                runs.at("model"),
                "--verbalizer",
                adapter,
                "--text",
                "one river",
                "--max-new-tokens",
                6,
                "--json"));
        assertThat(described.out()).contains("one river");
    }

    @Test
    void aTargetThatTheFamilyDoesNotHaveIsRefused() throws IOException {
        TinyRuns runs = TinyRuns.in(folder, Family.PHI3.modelType());
        succeeded(runs.extract("--output", runs.at("data")));
        Outcome refused = runs.verbalizer("target_modules=q_proj,o_proj");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("target_modules has 'q_proj', but a block of phi3 has qkv_proj");
    }
}
