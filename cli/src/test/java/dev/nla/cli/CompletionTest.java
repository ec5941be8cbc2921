package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects what a press of TAB gives in bash: commands, options, their values, keys of settings, and the words that these can be. */
class CompletionTest {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        assumeTrue(Files.isExecutable(BASH), "bash is needed");
        Files.writeString(
                folder.resolve("complete.bash"),
                Outcome.of("generate-completion").out());
    }

    @ParameterizedTest
    @CsvSource({
        "'nla tr', train",
        "'nla config ', show validate schema",
        "'nla config schema ', sft grpo hardneg lm",
        "'nla data extract --pos', --position",
        "'nla data extract --position ', last all sample:1",
        "'nla eval gap --split ', train validation test",
        "'nla eval suite --compute-dtype b', bfloat16",
        "'nla eval suite --controls near', nearest_train",
        "'nla data export d --format ', kitft nla-at-home",
        "'nla data export d --split t', train test",
        "'nla data export d --split = t', train test",
        "'nla describe --like anicka/nla-qwen2.5-7b-L20-av', anicka/nla-qwen2.5-7b-L20-av-v2",
        "'nla train sft --resume ', auto",
        "'nla train sft lora_dr', lora_dropout=",
        "'nla train sft --dry-run lora_dr', lora_dropout=",
        "'nla train sft --config f.yaml lora_r', lora_r=",
        "'nla train sft num_gen', ''",
        "'nla train grpo num_gen', num_generations=",
        "'nla config show f.yaml num_gen', num_generations=",
        "'nla train sft lr_scheduler_type = c', constant constant_with_warmup cosine",
        "'nla train sft lr_scheduler_type =', constant constant_with_warmup cosine linear",
        "'nla train sft gradient_checkpointing = t', true",
        "'nla train sft learning_rate =', ''",
        "'nla train sft learning_rate = 1e-4 max_st', max_steps=",
    })
    void aPressOfTabOffers(String line, String expected) throws Exception {
        assertThat(offered(line))
                .containsExactlyInAnyOrderElementsOf(Stream.of(expected.split(" "))
                        .filter(word -> !word.isEmpty())
                        .toList());
    }

    @Test
    void whereEqualsIsNoWordOfItsOwnTheKeyStays() throws Exception {
        assertThat(run("COMP_WORDBREAKS=' '; COMP_WORDS=(nla train sft role=v); COMP_CWORD=3", "nla train sft role=v"))
                .containsExactly("role=verbalizer");
    }

    /** Words as bash cuts them, a blank between two; the line is the same without the blanks about {@code =}. */
    private static List<String> offered(String words) throws Exception {
        String line = words.replace(" = ", "=").replace(" =", "=");
        String last = words.endsWith(" ") ? " ''" : "";
        return run(
                "COMP_WORDBREAKS=' ='; COMP_WORDS=(" + words + last + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))", line);
    }

    private static List<String> run(String words, String line) throws Exception {
        String script = "source " + folder.resolve("complete.bash") + "; compopt() { :; }; " + words + "; COMP_LINE='"
                + line + "'; COMP_POINT=${#COMP_LINE}; _complete_nla_words; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder(BASH.toString(), "--norc", "-c", script)
                .redirectErrorStream(true)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(out).isZero();
        return out.lines().map(String::strip).filter(word -> !word.isEmpty()).toList();
    }
}
