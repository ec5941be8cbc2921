package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.nla.model.InputException;
import dev.nla.model.testing.ChildJvm;
import dev.nla.model.testing.Fixtures;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects users of processors and GPUs that have no products of 4 bits: they are told so, and what to do, before anything is computed. */
@EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64")
class ProcessorsTest {
    @ParameterizedTest
    @CsvSource({"avx512", "avx2"})
    void multipliesFourBitsOnProcessorsThatCan(String capability) throws Exception {
        assertThat(loading(capability)).isEqualTo("loaded");
    }

    @Test
    void saysWhatToDoOnProcessorsThatCannot() throws Exception {
        assertThat(loading("default"))
                .isEqualTo(
                        "compute_dtype is int4, but torch multiplies weights of 4 bits only on x86 processors with AVX2 or AVX512: "
                                + "set it to auto");
    }

    @Test
    void saysWhatToDoOnAGpu() {
        assertThatThrownBy(() -> ComputeType.INT4.require("rollout_dtype", Device.gpu()))
                .isInstanceOf(InputException.class)
                .hasMessage("rollout_dtype is int4, which runs on processors only: set it to auto");
    }

    /** What comes of loading a model on a processor that is thought to be of less. */
    private static String loading(String capability) throws Exception {
        return ChildJvm.run(Map.of("ATEN_CPU_CAPABILITY", capability), Loading.class)
                .get(0);
    }

    /** Loads a model in 4 bits and prints what came of it. */
    static final class Loading {
        public static void main(String[] arguments) {
            try (Decoder decoder = Decoder.load(Fixtures.golden("qwen2"), ComputeType.INT4)) {
                System.out.println(decoder.hasHead() ? "loaded" : "no head");
            } catch (InputException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}
