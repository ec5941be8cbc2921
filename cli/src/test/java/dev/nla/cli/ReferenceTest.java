package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.train.config.SettingTable;
import dev.nla.train.config.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * Protects the reference pages from falling behind the program: they are made from it. After a change of commands or settings,
 * {@code mvn -pl cli -am test -Dtest=ReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dnla.reference=write} writes them anew.
 */
class ReferenceTest {
    @Test
    void commandsAreDocumentedAsTheyAre() throws IOException {
        StringBuilder page = new StringBuilder("# Commands\n\n");
        page.append(
                "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration. Results go to standard output, progress and ");
        page.append("errors to standard\nerror. This page is made from the program's own help.\n");
        append(page, Main.commandLine(new PrintWriter(System.out), new PrintWriter(System.err), name -> true));
        check("cli.md", page.toString());
    }

    @Test
    void settingsAreDocumentedAsTheyAre() throws IOException {
        StringBuilder page = new StringBuilder("# Settings of training runs\n\n");
        page.append(
                "A run's settings are its defaults, under its YAML file (`--config`), under `key=value` on the command line. ");
        page.append(
                "An unknown key\nis an error. `nla config show F.yaml` prints all of them resolved. This page is made ");
        page.append("from the program's own table.\n\n");
        page.append("""
                Editors complete keys and values, show what they mean and mark what is wrong, by JSON Schema: `configs/schema/STAGE.json`, or
                `train.json` for files of any stage. Those of VS Code, IntelliJ, Neovim and others that use yaml-language-server take it from a
                file's first line, a path beside the file or an address:

                ```yaml
                # yaml-language-server: $schema=../schema/sft.json
                stage: sft
                ```

                `nla config schema [STAGE]` prints the same. What settings may not be together only `nla config validate F.yaml` says. In the shell,
                `source <(nla generate-completion)` completes `key=value` of `nla train STAGE`.
                """);
        for (Stage stage : Stage.values()) {
            page.append("\n## nla train ").append(stage.text()).append("\n\n");
            page.append(SettingTable.of(stage).markdown());
        }
        check("configuration.md", page.toString());
    }

    private static void append(StringBuilder page, CommandLine command) {
        page.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```text\n");
        page.append(command.getUsageMessage(Ansi.OFF).replace(System.lineSeparator(), "\n"))
                .append("```\n");
        command.getSubcommands().values().stream()
                .filter(below -> !below.getCommandSpec().usageMessage().hidden())
                .forEach(below -> append(page, below));
    }

    private static void check(String name, String expected) throws IOException {
        Path page = Path.of(System.getProperty("nla.root"), "docs", "reference", name);
        if ("write".equals(System.getProperty("nla.reference"))) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, expected);
        }
        assertThat(page).as("%s, made anew with -Dnla.reference=write", page).hasContent(expected);
    }
}
