package dev.nla.cli.command.config;

import dev.nla.cli.option.KnownWords;
import dev.nla.train.config.SettingSchema;
import dev.nla.train.config.Stage;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nla config schema}: what config files may hold, for editors. */
@Command(
        name = "schema",
        description = {
            "Prints what config files may hold as JSON Schema, for editors.",
            "That is draft 2020-12, with types, defaults, ranges and meanings; configs/schema has the same as files."
        },
        footer = {"", "Example:", "  nla config schema sft > sft.schema.json"})
public final class ConfigSchemaCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "STAGE",
            completionCandidates = KnownWords.Stages.class,
            description = "One of ${COMPLETION-CANDIDATES}. Default: all, of which a file's line `stage:` says which")
    private Optional<Stage> stage = Optional.empty();

    @Override
    public void run() {
        spec.commandLine().getOut().print(stage.map(SettingSchema::of).orElseGet(SettingSchema::ofAll));
    }
}
