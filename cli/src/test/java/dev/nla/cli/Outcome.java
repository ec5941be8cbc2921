package dev.nla.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What one run of the program gave back. */
record Outcome(int code, String out, String err) {
    /** Runs the program in this Java machine. */
    static Outcome of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), words);
        return new Outcome(code, out.toString(), err.toString());
    }
}
