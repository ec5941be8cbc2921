package dev.nla.cli.terminal;

/** Runs this program's commands. */
@FunctionalInterface
public interface Program {
    /** Runs a command, given without the program's name, and returns its exit code; what went wrong has been said. */
    int run(String... words);
}
