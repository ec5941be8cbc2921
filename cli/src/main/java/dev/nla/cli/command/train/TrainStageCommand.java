package dev.nla.cli.command.train;

import dev.nla.cli.terminal.Interruptible;
import dev.nla.cli.terminal.Subcommand;
import dev.nla.train.config.Stage;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nla train sft}, {@code grpo}, {@code hardneg} and {@code lm}: one stage, whose settings are all that sets it apart. */
@Command
final class TrainStageCommand implements Runnable, Interruptible {
    private final Stage stage;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainOptions options;

    private TrainStageCommand(Stage stage) {
        this.stage = stage;
    }

    /** The command of a stage. */
    static Subcommand of(Stage stage) {
        return new Subcommand(stage.text(), description(stage)[0], () -> spec(stage));
    }

    private static CommandSpec spec(Stage stage) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new TrainStageCommand(stage));
        spec.usageMessage()
                .description(description(stage))
                .footer(Stream.concat(Stream.of("", "Example:"), Stream.of(example(stage)))
                        .toArray(String[]::new));
        return spec;
    }

    private static String[] description(Stage stage) {
        return switch (stage) {
            case SFT ->
                new String[] {
                    "Supervised fine-tuning on pairs of an activation and a description.",
                    "The setting role says which adapter is trained, the verbalizer or the reconstructor."
                };
            case GRPO ->
                new String[] {
                    "Contrastive GRPO: the verbalizer is rewarded for telling rows from random others.",
                    "Descriptions are sampled, and earn more the nearer their reconstruction lies to its own "
                            + "activation and the farther from those of random rows."
                };
            case HARDNEG ->
                new String[] {
                    "Hard-negative GRPO: the verbalizer is rewarded for telling rows from their neighbours.",
                    "As grpo, but against the nearest rows, so that words which fit the whole neighbourhood "
                            + "earn nothing."
                };
            case LM ->
                new String[] {
                    "Trains a small language model from nothing on requests with answers.",
                    "The setting model names a folder with config.json and tokenizer; the trained model goes to model/ in the run folder."
                };
        };
    }

    private static String[] example(Stage stage) {
        return switch (stage) {
            case SFT ->
                new String[] {
                    "  nla train sft --config configs/smollm2-135m/sft.yaml learning_rate=1e-4 \\",
                    "    --output runs/lower"
                };
            case GRPO ->
                new String[] {
                    "  nla train grpo --config configs/smollm2-135m/grpo.yaml max_steps=20 \\",
                    "    --output runs/trial"
                };
            case HARDNEG ->
                new String[] {
                    "  nla train hardneg --config configs/smollm2-135m/hardneg.yaml max_steps=20 \\",
                    "    --output runs/trial"
                };
            case LM -> new String[] {"  nla train lm --config configs/scenes/lm.yaml"};
        };
    }

    @Override
    public void run() {
        new TrainingSession(spec.commandLine(), options).run(stage);
    }

    @Override
    public Optional<String> afterInterruption() {
        return options.afterInterruption();
    }
}
