package dev.nla.remote.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects which files are pulled, and that no name of a hub leads out of its folder. */
class FileChoiceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.safetensors",
                "model-00001-of-00002.safetensors",
                "model.safetensors.index.json",
                "config.json",
                "tokenizer.json",
                "tokenizer.model",
                "chat_template.jinja",
                "merges.txt",
                "README.md",
                "LICENSE",
                "nla_meta.yaml",
                "verbalizer/adapter_model.safetensors"
            })
    void whatAModelNeedsIsTaken(String name) {
        assertThat(FileChoice.of(RepoType.MODEL, List.of(), List.of()).takes(name))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pytorch_model.bin",
                "pytorch_model.bin.index.json",
                "model.ckpt.index",
                "tf_model.h5",
                "flax_model.msgpack",
                "consolidated.safetensors",
                "original/params.json",
                "onnx/config.json",
                "model.gguf",
                ".gitattributes"
            })
    void otherFormsOfTheSameWeightsAreNot(String name) {
        assertThat(FileChoice.of(RepoType.MODEL, List.of(), List.of()).takes(name))
                .isFalse();
    }

    @Test
    void whatIsGivenReplacesTheFirstAndComesOnTopOfTheSecond() {
        FileChoice bin = FileChoice.of(RepoType.MODEL, List.of("*.bin"), List.of());
        assertThat(bin.takes("pytorch_model.bin")).isTrue();
        assertThat(bin.takes("config.json")).isFalse();
        FileChoice less = FileChoice.of(RepoType.MODEL, List.of(), List.of("*.md"));
        assertThat(less.takes("README.md")).isFalse();
        assertThat(less.takes("config.json")).isTrue();
        assertThat(less.takes("onnx/config.json")).isFalse();
        assertThat(FileChoice.of(RepoType.DATASET, List.of(), List.of()).takes("data/train.parquet"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "data/*.json, data/below/a.json, true",
        "data/, data/a, true",
        "data/, database, false",
        "a?c, abc, true",
        "a?c, ac, false",
        "part-[0-2].txt, part-1.txt, true",
        "part-[0-2].txt, part-3.txt, false",
        "part-[!0-2].txt, part-3.txt, true",
        "a.c, abc, false",
        "a[c, a[c, true",
        "(a|b)+, (a|b)+, true",
    })
    void globsAreThoseOfHuggingfaceHub(String glob, String name, boolean taken) {
        assertThat(FileChoice.of(RepoType.DATASET, List.of(glob), List.of()).takes(name))
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../x",
                "/etc/passwd",
                "a/../../x",
                "..",
                ".",
                "",
                "a//b",
                "a/",
                "./a",
                "a\\..\\..\\x",
                "C:/x",
                "a\u0000b",
                "a\nb"
            })
    void namesThatLeadOutOfAFolderAreRecognized(String name) {
        assertThat(FileNames.isSafe(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b/c.json", "..a", "a..b", ".gitattributes", "ä b(1).txt"})
    void namesThatDoNotAreLetThrough(String name) {
        assertThat(FileNames.isSafe(name)).isTrue();
    }
}
