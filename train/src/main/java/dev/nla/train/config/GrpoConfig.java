package dev.nla.train.config;

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
