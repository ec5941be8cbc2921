package dev.nla.cli.terminal;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Tells how work goes on when the process is told to end (Ctrl-C, SIGTERM) while it is under way. */
public final class Interruption {
    private Interruption() {}

    /**
     * Does the work, and should the process be ended meanwhile, says how it goes on.
     *
     * @param advice asked for at that moment
     * @return what the work returns
     */
    public static int watch(PrintWriter err, Supplier<Optional<String>> advice, IntSupplier work) {
        Thread hook = new Thread(
                () -> advice.get().ifPresent(line -> {
                    err.println((Boolean.getBoolean("nla.terminal") ? System.lineSeparator() : "")
                            + "nla: interrupted: " + line);
                    err.flush();
                }),
                "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.getAsInt();
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // The process ends, and the hook runs already.
            }
        }
    }
}
