package dev.nla.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.testing.Fixtures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Protects adapters as peft's folders: what is written has the names, shapes and numbers that peft gave, in every family. */
class PeftFolderTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("dev.nla.model.testing.Fixtures#families")
    void whatPeftWroteIsWrittenAgain(String family) {
        Path original = Fixtures.golden(family + "/adapter");
        try (Decoder decoder = Decoder.load(Fixtures.golden(family), ComputeType.FLOAT32);
                LoraAdapter adapter = PeftFolder.read(original, decoder.manager(), decoder.config())) {
            PeftFolder.write(folder, adapter, "base", DType.F32);
        }
        try (SafetensorsFile expected = SafetensorsFile.open(original.resolve(PeftFolder.WEIGHTS));
                SafetensorsFile written = SafetensorsFile.open(folder.resolve(PeftFolder.WEIGHTS))) {
            assertThat(written.names()).containsExactlyInAnyOrderElementsOf(expected.names());
            for (String name : expected.names()) {
                assertThat(written.info(name).shape())
                        .isEqualTo(expected.info(name).shape());
                assertThat(written.floats(name)).containsExactly(expected.floats(name));
            }
        }
        assertThat(PeftConfig.read(folder).spec())
                .isEqualTo(PeftConfig.read(original).spec());
    }

    @Test
    void anAdapterOfSeparateProjectionsDoesNotFitFusedOnes() {
        try (Decoder decoder = Decoder.load(Fixtures.golden("phi3"), ComputeType.FLOAT32)) {
            assertThatThrownBy(() ->
                            PeftFolder.read(Fixtures.golden("mistral/adapter"), decoder.manager(), decoder.config()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("belongs to");
        }
    }
}
