package dev.nla.train.config;

import dev.nla.model.sidecar.Role;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of {@code nla train sft}.
 *
 * @param initAdapter an adapter folder to continue from; its LoRA shape then stands and the {@code lora} settings do not count
 */
public record SftConfig(
        Stage stage,
        @Setting(meaning = "which adapter to train") Role role,

        @Setting(
                value = "none",
                meaning =
                        "adapter folder to continue from; its LoRA shape, prompt and injection stand over the settings")
        Optional<Path> initAdapter,

        RunSettings run,
        BudgetSettings budget,
        OptimizerSettings optimizer,
        ReportSettings report,
        LoraSettings lora,
        VerbalizerSettings verbalizer,
        ReconstructorSettings reconstructor,
        ReconstructorLoss reconstructorLoss)
        implements TrainConfig {}
