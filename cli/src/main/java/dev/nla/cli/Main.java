package dev.nla.cli;

import dev.nla.cli.command.CompletionCommand;
import dev.nla.cli.command.Nla;
import dev.nla.cli.terminal.CommandGroup;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.cli.terminal.Interruption;
import dev.nla.model.InputException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The {@code nla} program. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration. */
public final class Main {
    /** What every terminal has, and no more: the same help everywhere. */
    private static final int HELP_COLUMNS = 80;

    private static final String SERVER = "serve";

    private Main() {}

    /** Runs the command line of this process and ends it with the exit code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command on this process's own output and error streams, always in UTF-8, and returns the exit code. */
    public static int run(String... arguments) {
        return run(utf8(FileDescriptor.out), utf8(FileDescriptor.err), arguments);
    }

    /** Runs one command, writing results to {@code out} and progress and errors to {@code err}; returns the exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        int code = commandLine(out, err, named(arguments)).execute(arguments);
        boolean lost = out.checkError();
        if (lost && code == CommandLine.ExitCode.OK) {
            err.println("nla: standard output: cannot be written to its end: check the free space where it goes");
        }
        err.flush();
        return lost && code == CommandLine.ExitCode.OK ? CommandLine.ExitCode.SOFTWARE : code;
    }

    /** The names of commands that arguments may call: those among them, or any where they come from a file or all are asked for. */
    private static Predicate<String> named(String... arguments) {
        Set<String> given = new HashSet<>(List.of(arguments));
        boolean any = given.contains(CompletionCommand.NAME) || given.stream().anyMatch(word -> word.startsWith("@"));
        return name -> any || given.contains(name);
    }

    /** The command tree, where commands whose name is none of those {@code named} are listed and cannot be called. */
    static CommandLine commandLine(PrintWriter out, PrintWriter err, Predicate<String> named) {
        CommandLine line = Nla.commandLine(named);
        ((CommandGroup) line.getCommand()).runBy(words -> run(out, err, words));
        Failures failures = new Failures();
        return line.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_COLUMNS)
                .setUsageHelpLongOptionsMaxWidth(34)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setExitCodeExceptionMapper(failures)
                .setExecutionStrategy(parsed -> watched(parsed, err));
    }

    /** The server ends in its own way, which lets requests end; everything else says how it goes on and ends at once. */
    private static int watched(ParseResult parsed, PrintWriter err) {
        List<CommandLine> chain = parsed.asCommandLineList();
        CommandLine last = chain.get(chain.size() - 1);
        if (last.getCommandName().equals(SERVER)) {
            return run(last, parsed);
        }
        Object command = last.getCommand();
        return Interruption.watch(
                err,
                () -> command instanceof Interruptible work ? work.afterInterruption() : Optional.empty(),
                () -> run(last, parsed));
    }

    private static int run(CommandLine command, ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (OutOfMemoryError e) {
            throw new ExecutionException(
                    command,
                    "out of memory",
                    InputException.data(
                            e,
                            "Java's memory is used up: give it more by NLA_JAVA_OPTS=-Xmx8g, or work on less at a time"));
        } catch (StackOverflowError e) {
            throw new ExecutionException(
                    command,
                    "out of stack",
                    InputException.data(
                            e, "an input is nested too deeply to be read (%s shows where)", "--stacktrace"));
        }
    }

    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
