package dev.nla.cli.command;

import java.io.PrintWriter;

/** Facts with their names in front, one a line. */
record Fields(PrintWriter out) {
    void line(String name, Object value) {
        out.printf("%-16s%s%n", name, value);
    }
}
