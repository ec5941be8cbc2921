package dev.nla.cli.command.config;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nla config validate}: whether a run would accept these settings. */
@Command(
        name = "validate",
        description = "Checks every key and value of a config file; ends with exit code 2 at the first wrong one.",
        footer = {"", "Example:", "  nla config validate configs/smollm2-135m/sft.yaml learning_rate=1e-4"})
public final class ConfigValidateCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigFile config;

    @Override
    public void run() {
        config.resolve();
        spec.commandLine()
                .getOut()
                .printf(
                        "%s: valid settings of nla train %s%n",
                        config.file(), config.stage().text());
    }
}
