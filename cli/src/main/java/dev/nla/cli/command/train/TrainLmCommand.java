package dev.nla.cli.command.train;

import dev.nla.cli.terminal.Interruptible;
import dev.nla.train.config.LmConfig;
import dev.nla.train.config.Stage;
import dev.nla.train.lm.LanguageModelTraining;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nla train lm}: a small language model from nothing. */
@Command(
        name = "lm",
        description = {
            "Trains a small language model from nothing on requests with answers.",
            "The setting model names a folder with config.json and tokenizer; the trained model goes to model/ in the run folder."
        },
        footer = {"", "Example:", "  nla train lm --config configs/scenes/lm.yaml"})
public final class TrainLmCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainOptions options;

    @Override
    public void run() {
        LmConfig config = (LmConfig) options.config(Stage.LM);
        TrainingSession session = new TrainingSession(spec.commandLine(), options);
        try (LanguageModelTraining training = LanguageModelTraining.open(config)) {
            session.run(config, training::plan, training::train);
        }
    }

    @Override
    public Optional<String> afterInterruption() {
        return options.afterInterruption();
    }
}
