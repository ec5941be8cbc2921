package dev.nla.remote.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.remote.http.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects that the variables of huggingface_hub mean here what they mean there, and that names of repositories are harmless. */
class HubSettingsTest {
    @TempDir
    private Path home;

    @Test
    void withoutVariablesEverythingIsWhereHuggingfaceHubHasIt() {
        HubSettings settings = of(Map.of("HF_TOKEN", "", "HF_HUB_OFFLINE", "0"));
        assertThat(settings.endpoint()).isEqualTo(URI.create("https://huggingface.co"));
        assertThat(settings.cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
        assertThat(settings.token()).isEmpty();
        assertThat(settings.idle()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.offline()).isFalse();
    }

    @Test
    void theCacheIsNamedInFourWays() {
        assertThat(of(Map.of("XDG_CACHE_HOME", "/x")).cache()).isEqualTo(Path.of("/x/huggingface/hub"));
        assertThat(of(Map.of("XDG_CACHE_HOME", "/x", "HF_HOME", "~/y")).cache()).isEqualTo(home.resolve("y/hub"));
        assertThat(of(Map.of("HF_HOME", "/y", "HUGGINGFACE_HUB_CACHE", "/z")).cache())
                .isEqualTo(Path.of("/z"));
        assertThat(of(Map.of("HUGGINGFACE_HUB_CACHE", "/z", "HF_HUB_CACHE", "/w"))
                        .cache())
                .isEqualTo(Path.of("/w"));
        assertThat(HubSettings.of(Map.of("HF_HUB_CACHE", "/w"), home, Optional.empty(), Optional.of(Path.of("/v")))
                        .cache())
                .isEqualTo(Path.of("/v"));
    }

    @Test
    void theTokenIsThatOfTheVariableElseOfTheFile() throws IOException {
        Path file = home.resolve(".cache/huggingface/token");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "hf_file\n");
        assertThat(of(Map.of()).token()).contains(new Secret("hf_file"));
        assertThat(of(Map.of("HF_TOKEN", "hf_variable")).token()).contains(new Secret("hf_variable"));
        assertThat(of(Map.of("HF_TOKEN", "hf_variable", "HF_HUB_DISABLE_IMPLICIT_TOKEN", "1"))
                        .token())
                .isEmpty();
        Path other = Files.writeString(home.resolve("other"), "hf_other");
        assertThat(of(Map.of("HF_TOKEN_PATH", other.toString())).token()).contains(new Secret("hf_other"));
        assertThat(of(Map.of()).toString()).doesNotContain("hf_file");
    }

    @Test
    void wrongValuesAreNamed() {
        assertThatThrownBy(() -> of(Map.of("HF_ENDPOINT", "huggingface.co"))).hasMessageContaining("huggingface.co");
        assertThatThrownBy(() -> of(Map.of("HF_ENDPOINT", "http://a b"))).hasMessageContaining("http://a b");
        assertThatThrownBy(() -> of(Map.of("HF_HUB_DOWNLOAD_TIMEOUT", "soon"))).hasMessageContaining("soon");
        assertThat(of(Map.of("HF_ENDPOINT", "https://mirror/")).endpoint()).hasToString("https://mirror");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a/b/c",
                "../x",
                "a/..",
                "/a",
                "a/",
                "a--b",
                "a/b.git",
                "a b",
                "a@",
                "a@../../x",
                "a@/x",
                "a@x//y"
            })
    void namesThatAreNoneAreRefused(String text) {
        assertThatThrownBy(() -> Repo.parse(RepoType.MODEL, text)).hasMessageContaining("is no ");
    }

    @Test
    void namesAndRevisionsAreRead() {
        assertThat(Repo.parse(RepoType.MODEL, "org/name@refs/pr/1"))
                .isEqualTo(new Repo(RepoType.MODEL, "org/name", "refs/pr/1"));
        assertThat(Repo.parse(RepoType.DATASET, "gpt2").revision()).isEqualTo("main");
        assertThat(Repo.parse(RepoType.DATASET, "org/a-b_c.d").folder()).isEqualTo("datasets--org--a-b_c.d");
        assertThat(RepoType.parse("dataset")).isEqualTo(RepoType.DATASET);
        assertThatThrownBy(() -> RepoType.parse("space")).hasMessageContaining("repo_type space");
    }

    private HubSettings of(Map<String, String> environment) {
        return HubSettings.of(environment, home, Optional.empty(), Optional.empty());
    }
}
