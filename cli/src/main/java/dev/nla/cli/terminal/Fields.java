package dev.nla.cli.terminal;

import java.io.PrintWriter;

/** Facts with their names in front, one a line. */
public record Fields(PrintWriter out) {
    public void line(String name, Object value) {
        out.printf("%-15s %s%n", name, value);
    }
}
