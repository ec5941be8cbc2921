package dev.nla.train.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.decoder.ComputeType;
import dev.nla.train.config.SftConfig;
import dev.nla.train.testing.TinyWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Protects exact resume from {@code compute_dtype: auto}, whose measurement may come out otherwise the next time. */
class ResumedComputeTypeTest {
    @TempDir
    private static Path folder;

    private static SftConfig config;
    private static String record;

    @BeforeAll
    static void begin() throws IOException {
        config = TinyWorld.trained(folder).verbalizer("run", "compute_dtype=auto", "max_steps=1");
        TinyWorld.train(config);
        record = Files.readString(folder.resolve("run/run.json"));
    }

    @ParameterizedTest
    @EnumSource
    void aRunGoesOnInTheTypeItWasBegunWith(ComputeType begun) throws IOException {
        rewrite("\"compute_dtype\" : \"" + begun.text() + "\"");
        try (TrainingInputs inputs = TrainingInputs.open(config.run(), config.report())) {
            assertThat(inputs.decoder().computeType()).isEqualTo(begun);
        }
    }

    @Test
    void aDamagedRecordIsNamed() throws IOException {
        rewrite("\"compute_dtype\" : ");
        assertThatThrownBy(() -> TrainingInputs.open(config.run(), config.report()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("run.json: line 12: is not valid JSON")
                .hasMessageNotContaining("\n");
    }

    /** Makes the run's record say something else. */
    private static void rewrite(String type) throws IOException {
        assertThat(record).containsPattern("\"compute_dtype\" : \"(float32|bfloat16)\"");
        Files.writeString(folder.resolve("run/run.json"), record.replaceAll("\"compute_dtype\" : \"\\w+\"", type));
    }
}
