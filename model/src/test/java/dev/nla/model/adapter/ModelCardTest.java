package dev.nla.model.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.lora.LoraSpec;
import dev.nla.model.lora.Projection;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.testing.Fixtures;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Protects the model card: it says what sidecar and adapter say, and nothing that is not recorded. */
class ModelCardTest {
    private static final LoraSpec LORA = LoraSpec.of(32, 64, 0.05, Set.of(Projection.Q_PROJ, Projection.V_PROJ));

    @Test
    void aVerbalizersCardTellsHowItsVectorIsInjected() {
        ModelSidecar sidecar = ModelSidecar.read(Fixtures.golden("describe/adapter"));
        assertThat(ModelCard.text(sidecar, LORA))
                .startsWith("---\nbase_model: \"HuggingFaceTB/SmolLM2-135M-Instruct\"\nlibrary_name: peft\n")
                .contains("| layer | output of block 21, counted from 0 |")
                .contains("| LoRA | rank 32, alpha 64.0, dropout 0.05, on q_proj, v_proj |")
                .contains("| injection | minus the mean, then rescaled to L2 norm 3.0 |")
                .contains("| marker | `●` (token 27098) |", "| chat template | not used |");
    }

    @Test
    void aReconstructorsCardHasNoMarkerAndWhatIsNotRecordedIsLeftOut() {
        ModelSidecar sidecar = ModelSidecar.read(Fixtures.golden("interop/sidecars/released_ar"));
        assertThat(ModelCard.text(sidecar, LORA))
                .contains("# Activation reconstructor", "| read-out |")
                .doesNotContain("| marker |", "null");
    }
}
