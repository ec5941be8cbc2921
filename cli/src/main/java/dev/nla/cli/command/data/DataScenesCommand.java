package dev.nla.cli.command.data;

import dev.nla.data.split.SplitRatios;
import dev.nla.data.world.SceneFile;
import dev.nla.data.world.SceneTeacher;
import dev.nla.model.files.OutputLock;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla data scenes}: texts from a made-up world in which the truth of every claim is known. */
@Command(
        name = "scenes",
        description = {
            "Texts from a made-up world in which the truth of every claim is known.",
            "Each states three to six facts in words of its own; a teacher describes them, with errors."
        },
        footer = {"", "Example:", "  nla data scenes --rows 3000 --seed 1 --output runs/scenes/texts.jsonl"})
public final class DataScenesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "3000",
            description = "Scenes, of all splits together. Default: ${DEFAULT-VALUE}")
    private int rows;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--split",
            paramLabel = "T/V/T",
            description =
                    "Shares of train, validation and test, as in 80/4/16: scenes of a split that has its own are drawn past. "
                            + "Default: scenes as they are drawn, about 80/10/10")
    private String split;

    @Option(
            names = "--dropped",
            paramLabel = "P",
            defaultValue = "0.25",
            description = "Probability that the teacher leaves a fact out. Default: ${DEFAULT-VALUE}")
    private double dropped;

    @Option(
            names = "--replaced",
            paramLabel = "P",
            defaultValue = "0.1",
            description = "Probability that a fact the teacher tells is wrong. Default: ${DEFAULT-VALUE}")
    private double replaced;

    @Option(
            names = "--conversations",
            description = "Requests and answers to train a language model on, in place of descriptions.")
    private boolean conversations;

    @Option(names = "--output", paramLabel = "F.jsonl", required = true, description = "File to make.")
    private Path output;

    @Override
    public void run() {
        SceneFile scenes = new SceneFile(rows, seed, Optional.ofNullable(split).map(SplitRatios::parse));
        SceneTeacher teacher = new SceneTeacher(dropped, replaced);
        OutputLock.during(output, () -> write(scenes, teacher));
        spec.commandLine().getOut().printf("%s: %d scenes%n", output, rows);
    }

    private int write(SceneFile scenes, SceneTeacher teacher) {
        if (conversations) {
            scenes.writeConversations(output);
        } else {
            scenes.writeDescribed(output, teacher);
        }
        return rows;
    }
}
