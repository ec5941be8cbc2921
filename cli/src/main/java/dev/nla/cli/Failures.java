package dev.nla.cli;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExitCodeExceptionMapper;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into one line on standard error and an exit code; {@code --stacktrace} shows where it happened. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler, IExitCodeExceptionMapper {
    private static final String STACKTRACE = "--stacktrace";

    @Override
    public int handleParseException(ParameterException thrown, String[] arguments) {
        ParameterException failure = unknownFirst(thrown);
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println("nla: " + describe(failure, name) + " (" + name + " --help shows how)");
        if (List.of(arguments).contains(STACKTRACE)) {
            failure.printStackTrace(err);
        }
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("nla: " + describe(failure));
        if (parsed.originalArgs().contains(STACKTRACE)) {
            failure.printStackTrace(err);
        }
        return getExitCode(failure);
    }

    @Override
    public int getExitCode(Throwable failure) {
        boolean usage = failure instanceof ParameterException
                || failure instanceof InputException input && input.kind() == InputException.Kind.USAGE;
        return usage ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    /** An option that is not known may be the very one that is missing, so it is told in place of what else is wrong. */
    private static ParameterException unknownFirst(ParameterException failure) {
        for (CommandLine line = failure.getCommandLine(); line != null; line = line.getParent()) {
            UnmatchedArgumentException unmatched = new UnmatchedArgumentException(line, line.getUnmatchedArguments());
            if (unmatched.isUnknownOption()) {
                return unmatched;
            }
        }
        return failure;
    }

    private static String describe(ParameterException failure, String command) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return describe(unmatched, command);
        }
        return oneLine(failure.getMessage()) + " for " + command;
    }

    private static String describe(Exception failure) {
        if (failure instanceof InputException input) {
            return oneLine(input.message(Failures::flag));
        }
        String message = failure.getMessage() == null ? "" : oneLine(failure.getMessage());
        return "unexpected " + failure.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message) + " ("
                + STACKTRACE + " shows where)";
    }

    private static String describe(UnmatchedArgumentException unmatched, String command) {
        String given = unmatched.getUnmatched().get(0);
        String name = unmatched.isUnknownOption() ? given.split("=", 2)[0] : given;
        CommandLine line = unmatched.getCommandLine();
        boolean takesCommands = !line.getSubcommands().isEmpty();
        String kind = unmatched.isUnknownOption() ? "option" : takesCommands ? "command" : "argument";
        Collection<String> known = unmatched.isUnknownOption()
                ? line.getCommandSpec().optionsMap().keySet()
                : line.getSubcommands().keySet();
        String hint = NearestName.of(name, known)
                .map(nearest -> ": the nearest is '" + nearest + "'")
                .orElse("");
        return "unknown " + kind + " '" + given + "' for " + command + hint;
    }

    /** A key as the option that it is given by. */
    static String flag(Key key) {
        return "--" + key.name().replace('_', '-');
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
