package dev.nla.cli.command.config;

import dev.nla.train.config.ConfigReader;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** A config file and the settings that override it. */
public final class ConfigFile {
    @Parameters(index = "0", paramLabel = "F.yaml", description = "Config file; its line `stage:` says what it is for.")
    private Path file;

    @Parameters(index = "1..*", paramLabel = "key=value", description = "Settings over those of the file.")
    private List<String> overrides = new ArrayList<>();

    Path file() {
        return file;
    }

    Stage stage() {
        return ConfigReader.stageOf(file);
    }

    TrainConfig resolve() {
        return ConfigReader.read(stage(), Optional.of(file), overrides);
    }
}
