package dev.nla.train.config;

import dev.nla.train.config.run.BudgetSettings;
import dev.nla.train.config.run.OptimizerSettings;
import dev.nla.train.config.run.ReportSettings;
import dev.nla.train.config.run.RunSettings;
import java.util.function.Function;

/** The resolved settings of one run. */
public sealed interface TrainConfig permits SftConfig, GrpoConfig, LmConfig {
    /** The kind of run. */
    Stage stage();

    /** Where things come from and go to. */
    RunSettings run();

    /** How long to train on how much at a time. */
    BudgetSettings budget();

    /** How parameters are updated. */
    OptimizerSettings optimizer();

    /** When to log, evaluate and save. */
    ReportSettings report();

    /** What the function for this kind of settings makes of them; there is one for each kind, so that none is forgotten. */
    <T> T match(Function<SftConfig, T> sft, Function<GrpoConfig, T> grpo, Function<LmConfig, T> lm);
}
