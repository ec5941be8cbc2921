package dev.nla.train.config;

import dev.nla.model.sidecar.Role;
import dev.nla.train.config.adapter.LoraSettings;
import dev.nla.train.config.adapter.ReconstructorLoss;
import dev.nla.train.config.adapter.ReconstructorSettings;
import dev.nla.train.config.adapter.VerbalizerSettings;
import dev.nla.train.config.run.BudgetSettings;
import dev.nla.train.config.run.OptimizerSettings;
import dev.nla.train.config.run.ReportSettings;
import dev.nla.train.config.run.RunSettings;
import dev.nla.train.config.setting.Located;
import dev.nla.train.config.setting.Setting;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Settings of {@code nla train sft}.
 *
 * @param initAdapter an adapter to continue from; its LoRA shape then stands and the {@code lora} settings do not count
 * @param descriptions such as {@code nla eval gap --save-descriptions} and {@code --save-best} write
 */
public record SftConfig(
        Stage stage,
        @Setting(meaning = "which adapter to train") Role role,

        @Setting(
                value = "none",
                meaning = "adapter to continue from; its LoRA shape, prompt and injection stand over the settings")
        Optional<Located> initAdapter,

        @Setting(
                value = "none",
                meaning =
                        "file of {\"id\": …, \"description\": …} lines to learn from in place of the rows' own descriptions; train rows that it leaves out keep theirs")
        Optional<Path> descriptions,

        RunSettings run,
        BudgetSettings budget,
        OptimizerSettings optimizer,
        ReportSettings report,
        LoraSettings lora,
        VerbalizerSettings verbalizer,
        ReconstructorSettings reconstructor,
        ReconstructorLoss reconstructorLoss)
        implements TrainConfig {
    @Override
    public <T> T match(Function<SftConfig, T> sft, Function<GrpoConfig, T> grpo, Function<LmConfig, T> lm) {
        return sft.apply(this);
    }
}
