package dev.nla.cli.command.config;

import dev.nla.train.config.ConfigWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nla config show}: the resolved settings of a run, as the run itself would save them. */
@Command(
        name = "show",
        description = "Prints every setting of a run with its value: defaults, under the file, under key=value.",
        footer = {"", "Example:", "  nla config show configs/smollm2-135m/grpo.yaml beta=0.05"})
public final class ConfigShowCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigFile config;

    @Override
    public void run() {
        spec.commandLine().getOut().print(ConfigWriter.yaml(config.resolve()));
    }
}
