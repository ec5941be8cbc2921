package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects what users see when a flag, a setting, a text or an output is wrong: one clear line, the right exit code, nothing overwritten. */
class BadArgumentsTest {
    @TempDir
    static Path shared;

    private static TinyRuns runs;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeOneOfEverything() throws IOException {
        runs = TinyRuns.in(shared);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.reconstructor("max_steps=1"));
        succeeded(runs.verbalizer("max_steps=1"));
    }

    @Test
    void aFlagThatIsMissing() {
        refused(Outcome.of("describe", "--verbalizer", runs.at("av/adapter"), "--text", "x"), USAGE, "--model");
        refused(Outcome.of("data", "extract", "--texts", "x", "--layer", "1", "--output", "y"), USAGE, "--model");
        refused(Outcome.of("eval", "gap"), USAGE, "--data");
        refused(Outcome.of("eval", "gap", "--data", runs.at("data")), USAGE, "--reconstructor");
        refused(Outcome.of("train", "sft"), USAGE, "--config");
        refused(describe(runs.at("model")), USAGE, "--text");
    }

    @Test
    void aClusterThatHasNothingToDo() {
        refused(
                Outcome.of(TinyRuns.with(
                        new Object[] {"--text", "one river", "--cluster", "yarn"},
                        "describe",
                        "--model",
                        runs.at("model"),
                        "--verbalizer",
                        runs.at("av/adapter"))),
                USAGE,
                "--cluster yarn: one activation is described here");
        refused(
                Outcome.of("eval", "gap", "--reconstructions", "vectors.safetensors", "--cluster", "yarn"),
                USAGE,
                "--cluster yarn: given vectors are scored here");
    }

    @Test
    void textsThatAreUnfit() throws IOException {
        refused(
                extract("{\"id\": \"a\", \"text\": \"x\"}\n{\"id\": \"a\", \"text\": \"y\"}"),
                FAILED,
                "texts.jsonl:2",
                "\"a\"");
        refused(
                extract("{\"id\": \"a\", \"text\": \" \"}"),
                FAILED,
                "texts.jsonl:1",
                "text is \" \": expected more than white space");
        refused(extract("{\"id\": \"a\"}"), FAILED, "texts.jsonl:1", "missing");
        refused(extract("not json"), FAILED, "texts.jsonl:1");
        refused(extract(""), FAILED, "no rows");
    }

    @Test
    void textsThatAreTooLong() throws IOException {
        String line = "{\"id\": \"a\", \"text\": \"" + "long ".repeat(40) + "\"}";
        refused(extract(line, "--max-length", 50, "--strict"), FAILED, "1 of 1 texts", "--max-length");
        Outcome cut = succeeded(extract(line, "--max-length", 50));
        assertThat(cut.out()).contains("1 texts were cut to --max-length 50");
    }

    @ParameterizedTest
    @CsvSource({
        "--layer,4,layer",
        "--layer,-1,layer",
        "--position,first,--position first",
        "--position,sample:0,sample:0",
        "--prompt,poem,--prompt poem",
        "--split,80/30,80/30",
        "--max-length,0,--max-length 0",
        "--compute-dtype,int2,int2",
        "--threads,0,--threads 0",
    })
    void extractionFlagsOutOfRange(String flag, String value, String part) {
        Outcome outcome = Outcome.of(
                "data",
                "extract",
                "--model",
                runs.at("model"),
                "--texts",
                runs.at("texts.jsonl"),
                "--output",
                folder.resolve("out"),
                "--layer".equals(flag) ? "--seed" : "--layer",
                1,
                flag,
                value);
        refused(outcome, USAGE, part);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void anOutputThatIsTaken() throws IOException {
        Map<Path, String> before = Spoiled.contents(runs.at("data"));
        refused(runs.extract("--output", runs.at("data")), FAILED, "holds a dataset already");
        assertThat(Spoiled.contents(runs.at("data"))).isEqualTo(before);
        Map<Path, String> run = Spoiled.contents(runs.at("av"));
        refused(runs.verbalizer("max_steps=1"), USAGE, "already holds a run");
        refused(runs.reconstructor("output_dir=" + runs.at("av")), USAGE, "already holds a run");
        assertThat(Spoiled.contents(runs.at("av"))).isEqualTo(run);
        refused(
                runs.verbalizer("output_dir=" + folder.resolve("new"), "--resume", folder.resolve("new")),
                USAGE,
                "holds no run");
    }

    @ParameterizedTest
    @CsvSource({
        "marker=ab,one character",
        "injection_norm=0,injection_norm",
        "injection_norm=-3,injection_norm",
        "av_template=none,{injection_char}",
        "av_template={injection_char}{injection_char},{injection_char}",
        "ar_template=none,{explanation}",
        "lora_r=0,lora_r",
        "target_modules=[q_proj;z_proj],z_proj",
        "learning_rate=fast,learning_rate",
        "lerning_rate=1,did you mean learning_rate",
        "max_steps=0,max_steps",
    })
    void settingsOutOfRange(String setting, String part) {
        Outcome outcome = runs.verbalizer("output_dir=" + folder.resolve("run"), setting.replace(';', ','));
        refused(outcome, USAGE, part);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aMarkerThatIsSeveralTokensOrStandsInTheTemplateOrADescription() throws IOException {
        refused(runs.verbalizer("output_dir=" + folder.resolve("a"), "marker=é"), FAILED, "é");
        refused(
                runs.verbalizer("output_dir=" + folder.resolve("b"), "av_template=● <c>{injection_char}</c>"),
                FAILED,
                "●",
                "exactly once");
        Path marked = new Spoiled(folder)
                .edited(runs.at("data"), "rows.jsonl", text -> text.replace("\"kind 1\"", "\"kind ●\""));
        refused(runs.verbalizer("output_dir=" + folder.resolve("c"), "data=" + marked), FAILED, "●");
    }

    private Outcome extract(String lines, Object... more) throws IOException {
        Path texts = Files.writeString(folder.resolve("texts.jsonl"), lines);
        List<Object> line = new ArrayList<>(List.of(
                "data",
                "extract",
                "--model",
                runs.at("model"),
                "--texts",
                texts,
                "--layer",
                1,
                "--output",
                folder.resolve("out")));
        line.addAll(List.of(more));
        return Outcome.of(line.toArray());
    }

    private static Outcome describe(Path model, Object... more) {
        List<Object> line = new ArrayList<>(List.of("describe", "--model", model, "--max-new-tokens", 4));
        if (!List.of(more).contains("--verbalizer")) {
            line.addAll(List.of("--verbalizer", runs.at("av/adapter")));
        }
        line.addAll(List.of(more));
        return Outcome.of(line.toArray());
    }
}
