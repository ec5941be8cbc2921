package dev.nla.train.config;

import dev.nla.train.config.adapter.AdapterSettings;
import dev.nla.train.config.adapter.ReconstructorLoss;
import dev.nla.train.config.policy.CriticSettings;
import dev.nla.train.config.policy.PolicySettings;
import dev.nla.train.config.policy.RewardSettings;
import dev.nla.train.config.policy.RolloutSettings;
import dev.nla.train.config.run.BudgetSettings;
import dev.nla.train.config.run.OptimizerSettings;
import dev.nla.train.config.run.ReportSettings;
import dev.nla.train.config.run.RunSettings;
import java.util.function.Function;

/**
 * Settings of {@code nla train grpo} and {@code nla train hardneg}: one loop, other defaults.
 *
 * @param reconstructorLoss what an online or averaged critic is trained with; its InfoNCE temperature is the reward's too
 */
public record GrpoConfig(
        Stage stage,
        AdapterSettings adapters,
        RunSettings run,
        BudgetSettings budget,
        OptimizerSettings optimizer,
        ReportSettings report,
        RolloutSettings rollouts,
        PolicySettings policy,
        RewardSettings reward,
        CriticSettings critic,
        ReconstructorLoss reconstructorLoss)
        implements TrainConfig {
    @Override
    public <T> T match(Function<SftConfig, T> sft, Function<GrpoConfig, T> grpo, Function<LmConfig, T> lm) {
        return grpo.apply(this);
    }
}
