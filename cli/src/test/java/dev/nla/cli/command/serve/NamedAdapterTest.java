package dev.nla.cli.command.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.cli.option.BorrowedSidecars;
import dev.nla.cli.option.Hub;
import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what a server calls the verbalizers it is given, and that a wrong one is named before any model is loaded. */
class NamedAdapterTest {
    private static final Hub HUB = new Hub(Map.of(), () -> new PrintWriter(new StringWriter()));

    @TempDir
    private Path folder;

    @Test
    void theNameIsGivenOrThatOfFolderOrRepository() throws IOException {
        assertThat(NamedAdapter.parse("mine=runs/sft/adapter", HUB).name()).isEqualTo("mine");
        assertThat(NamedAdapter.parse("mine=org/verbalizer@v2", HUB).place().repo())
                .hasValueSatisfying(repo -> assertThat(repo).hasToString("org/verbalizer@v2"));
        assertThat(NamedAdapter.parse("org/verbalizer@v2", HUB).name()).isEqualTo("verbalizer");
        assertThat(NamedAdapter.parse("runs/sft/adapter", HUB).name()).isEqualTo("adapter");
        Path odd = Files.createDirectory(folder.resolve("a=b"));
        assertThat(NamedAdapter.parse(odd.toString(), HUB).place().adapter()).isEqualTo(odd);
    }

    @Test
    void whatCannotBeServedIsNamed() {
        String adapter = Fixtures.golden("describe/adapter").toString();
        assertThat(named("one=" + adapter, "two=" + adapter)).containsOnlyKeys("one", "two");
        assertThatThrownBy(() -> named("one=" + adapter, "one=" + adapter)).hasMessageContaining("is called one too");
        assertThatThrownBy(() -> named("=" + adapter)).hasMessageContaining("the name before = is empty");
        assertThatThrownBy(() -> named("one=" + folder.resolve("none")))
                .hasMessageContaining("there is no such folder");
        assertThatThrownBy(() -> named("one=" + Fixtures.golden("llama/adapter")))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("llama/adapter: has no nla_meta.yaml", "nla adapter init");
    }

    private static Map<String, ?> named(String... given) {
        List<NamedAdapter> adapters =
                Stream.of(given).map(each -> NamedAdapter.parse(each, HUB)).toList();
        return NamedAdapter.byName(adapters, new BorrowedSidecars());
    }
}
