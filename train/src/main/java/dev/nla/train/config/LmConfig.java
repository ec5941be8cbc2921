package dev.nla.train.config;

import dev.nla.train.config.run.BudgetSettings;
import dev.nla.train.config.run.OptimizerSettings;
import dev.nla.train.config.run.ReportSettings;
import dev.nla.train.config.run.RunSettings;
import dev.nla.train.config.setting.Setting;
import java.util.function.Function;

/**
 * Settings of {@code nla train lm}.
 *
 * @param promptLossWeight weight of a request's tokens in the loss; answers have weight 1
 */
public record LmConfig(
        Stage stage,

        @Setting(
                value = "0.1",
                range = "[0, 1]",
                meaning = "weight in the loss of a token of the request; a token of the answer has weight 1")
        double promptLossWeight,

        RunSettings run,
        BudgetSettings budget,
        OptimizerSettings optimizer,
        ReportSettings report)
        implements TrainConfig {
    @Override
    public <T> T match(Function<SftConfig, T> sft, Function<GrpoConfig, T> grpo, Function<LmConfig, T> lm) {
        return lm.apply(this);
    }
}
