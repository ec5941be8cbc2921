package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Protects what every command shares: help with an example, the version, exit codes and one clear line for a wrong word. */
class MainTest {
    @Test
    void everyCommandHasHelpWithAnExample() {
        for (CommandLine command :
                all(Main.commandLine(new PrintWriter(System.out), new PrintWriter(System.err), name -> true))) {
            String name = command.getCommandSpec().qualifiedName();
            String help = command.getUsageMessage();
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(name)
                    .isNotEmpty();
            assertThat(help).as(name).contains("Example").containsPattern("(?m)^  (source <\\()?" + name + "( |\\)|$)");
            assertThat(help).as(name).contains("--help");
        }
    }

    @Test
    void helpFitsATerminalOfEightyColumnsAndItsExamplesCanBePasted() {
        int examples = 0;
        for (CommandLine command :
                all(Main.commandLine(new PrintWriter(System.out), new PrintWriter(System.err), name -> true))) {
            String name = command.getCommandSpec().qualifiedName();
            List<String> help = command.getUsageMessage(Ansi.OFF).lines().toList();
            assertThat(help).as(name).allSatisfy(line -> assertThat(line.length())
                    .isLessThanOrEqualTo(80));
            String continued = "";
            for (String line : command.getCommandSpec().usageMessage().footer()) {
                if (line.startsWith("  ")) {
                    assertThat(help).as(name + " wraps an example").contains(line);
                    assertThat(line)
                            .as(name)
                            .matches(continued.isEmpty() ? "  (nla |source <\\(nla |cp ).*" : "    \\S.*");
                    continued = line.endsWith(" \\") ? line : "";
                    examples++;
                }
            }
            assertThat(continued).as(name + " ends in the middle of an example").isEmpty();
        }
        assertThat(examples).isGreaterThan(80);
    }

    @Test
    void helpIsAResultAndSoIsTheVersion() {
        Outcome help = Outcome.of("--help");
        assertThat(help.code()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).startsWith("Usage: nla");
        Outcome version = Outcome.of("--version");
        assertThat(version.code()).isZero();
        assertThat(version.out())
                .matches("nla \\d+\\.\\d+\\.\\d+( \\(commit [0-9a-f]{10}(-dirty)?, \\d{4}-\\d\\d-\\d\\d\\))?\\R");
    }

    @ParameterizedTest
    @CsvSource({
        "emv, unknown command 'emv' for nla: the nearest is 'env' (nla --help shows how)",
        "env --stacktrac, unknown option '--stacktrac' for nla env: the nearest is '--stacktrace' (nla env --help shows how)",
        "env surplus, unknown argument 'surplus' for nla env (nla env --help shows how)",
        "describe --verbaliser x, unknown option '--verbaliser' for nla describe: the nearest is '--verbalizer' (nla describe --help shows how)",
        "train sft --confg=sft.yaml lr, unknown option '--confg=sft.yaml' for nla train sft: the nearest is '--config' (nla train sft --help shows how)",
        "eval gap --dta x --reconstructor, unknown option '--dta' for nla eval gap: the nearest is '--data' (nla eval gap --help shows how)",
        "help evl, unknown command 'evl' for nla: the nearest is 'eval' (nla --help shows how)",
        "help train sfd, unknown command 'sfd' for nla train: the nearest is 'sft' (nla train --help shows how)",
        "train help sfd, unknown command 'sfd' for nla train: the nearest is 'sft' (nla train --help shows how)",
        "help env surplus, unknown argument 'surplus' for nla env (nla env --help shows how)",
        "'', 'a command is missing, one of quickstart, recipe, pull, data, train, eval, describe, serve, model, adapter, config, bench, env, generate-completion, help for nla (nla --help shows how)'",
    })
    void aWrongWordIsAUsageErrorThatNamesTheNearest(String line, String message) {
        Outcome outcome = Outcome.of((Object[]) (line.isEmpty() ? new String[0] : line.split(" ")));
        assertThat(outcome.err()).isEqualTo("nla: " + message + System.lineSeparator());
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "help, --help",
        "help describe, describe --help",
        "help train, train --help",
        "help train sft, train sft --help",
        "train help, train --help",
        "train help sft, train sft --help",
        "help help, help --help",
    })
    void helpIsAlsoACommand(String words, String option) {
        Outcome outcome = Outcome.of((Object[]) words.split(" "));
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .isEqualTo(Outcome.of((Object[]) option.split(" ")).out())
                .startsWith("Usage: nla");
    }

    @Test
    void theStackTraceComesOnlyWhenAskedFor() {
        assertThat(Outcome.of("env", "--wrong").err()).doesNotContain("\tat ");
        assertThat(Outcome.of("env", "--wrong", "--stacktrace").err()).contains("\tat ");
    }

    @Test
    void theCompletionScriptKnowsTheCommands() {
        Outcome outcome = Outcome.of("generate-completion");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("complete -F _complete_nla").contains("env", "help");
    }

    @Test
    void aCommandSaysTheSameWhereItAloneIsMade() {
        for (CommandLine command :
                all(Main.commandLine(new PrintWriter(System.out), new PrintWriter(System.err), name -> true))) {
            String words = command.getCommandSpec()
                    .qualifiedName()
                    .substring("nla".length())
                    .strip();
            Outcome outcome = Outcome.of((Object[]) (words + " --help").strip().split(" "));
            assertThat(outcome.out()).as(words).isEqualTo(command.getUsageMessage(Ansi.OFF));
            assertThat(outcome.code()).as(words).isZero();
        }
    }

    @Test
    void commandsThatNobodyNamedAreNotMade() {
        CommandLine line = Main.commandLine(new PrintWriter(System.out), new PrintWriter(System.err), "train"::equals);
        assertThat(line.getSubcommands()).hasSizeGreaterThan(10);
        assertThat(all(line))
                .filteredOn(command -> command.getCommandSpec().userObject() != null)
                .extracting(CommandLine::getCommandName)
                .containsExactly("nla", "train");
    }

    @Test
    void argumentsFromAFileNameCommandsToo(@TempDir Path folder) throws IOException {
        Path arguments = Files.writeString(folder.resolve("arguments"), "train sft --help");
        assertThat(Outcome.of("@" + arguments)).isEqualTo(Outcome.of("train", "sft", "--help"));
    }

    private static List<CommandLine> all(CommandLine command) {
        List<CommandLine> found = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(below -> found.addAll(all(below)));
        return found;
    }
}
