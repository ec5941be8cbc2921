package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that numbers at the ends of what can be written, and activations without any difference, end in a result or in one clear line. */
class ExtremeNumbersTest {
    @TempDir
    Path folder;

    @Test
    void moreBatchesAStepThanThereAreRowsMakeOneStepAnEpoch() throws IOException {
        TinyRuns runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        Outcome plan = succeeded(runs.verbalizer(
                "max_steps=-1", "num_train_epochs=2", "gradient_accumulation_steps=2147483647", "--dry-run"));
        assertThat(plan.out()).containsPattern("(?m)^steps +2$");
        refused(
                runs.verbalizer("max_steps=-1", "num_train_epochs=1e300"),
                USAGE,
                "num_train_epochs is 1.0E300",
                "max_steps");
        refused(runs.verbalizer("threads=2147483647"), USAGE, "threads=2147483647 on the command line");
    }

    @Test
    void aProbeOfOneActivationSaysThatThereIsNothingToRead() throws IOException {
        TinyRuns runs = TinyRuns.in(folder);
        Path texts = runs.at("texts.jsonl");
        Files.writeString(texts, Files.readString(texts).replaceAll("\"text\": \"[^\"]*\"", "\"text\": \"one river\""));
        succeeded(runs.extract("--output", runs.at("data")));
        refused(
                Outcome.of("eval", "probe", "--data", runs.at("data")),
                FAILED,
                runs.at("data").toString(),
                "the same activation");
    }
}
