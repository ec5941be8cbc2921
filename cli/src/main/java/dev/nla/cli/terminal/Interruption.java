package dev.nla.cli.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Tells how work goes on when the process is told to end (Ctrl-C, SIGTERM) while it is under way, and ends it at once: Java's own way
 * down would take libtorch apart while it is still computing, and end in a crash report.
 *
 * <p>Handlers of signals are no part of Java's specification, and the compiler warns of their class wherever it is named; every Java
 * machine that DJL supports has them. Where one is not to be had, such as under {@code -Xrs}, the process ends as that machine ends it.
 */
public final class Interruption {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private Interruption() {}

    /**
     * Does the work, and should the process be ended meanwhile, says how it goes on.
     *
     * @param advice asked for at that moment
     * @return what the work returns
     */
    public static int watch(PrintWriter err, Supplier<Optional<String>> advice, IntSupplier work) {
        Runnable tell = () -> advice.get().ifPresent(line -> {
            err.println(
                    (Boolean.getBoolean("nla.terminal") ? System.lineSeparator() : "") + "nla: interrupted: " + line);
            err.flush();
        });
        Map<String, Object> before = new LinkedHashMap<>();
        SIGNALS.forEach(signal -> handled(signal, tell).ifPresent(handler -> before.put(signal, handler)));
        try {
            return work.getAsInt();
        } finally {
            before.forEach(Interruption::handle);
        }
    }

    /** The handler that was there before; empty where this machine lets nobody handle the signal. */
    private static Optional<Object> handled(String signal, Runnable tell) {
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            Object handler =
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                        try {
                            tell.run();
                        } finally {
                            end(signal, type.getField("SIG_DFL").get(null));
                        }
                        return null;
                    });
            return Optional.ofNullable(handle(signal, handler));
        } catch (ClassNotFoundException absent) {
            return Optional.empty();
        }
    }

    /**
     * As the system ends a process that does not handle the signal: parents see the signal and not an exit code. The class of signals
     * raises those only that it handles itself.
     */
    private static void end(String signal, Object systemsOwn) throws IOException {
        handle(signal, systemsOwn);
        new ProcessBuilder(
                        "kill",
                        "-" + signal,
                        String.valueOf(ProcessHandle.current().pid()))
                .start();
    }

    private static Object handle(String signal, Object handler) {
        try {
            return Class.forName("sun.misc.Signal")
                    .getMethod("handle", Class.forName("sun.misc.Signal"), Class.forName("sun.misc.SignalHandler"))
                    .invoke(null, named(signal), handler);
        } catch (InvocationTargetException refused) {
            return null;
        } catch (ReflectiveOperationException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static Object named(String signal) throws ReflectiveOperationException {
        return Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(signal);
    }
}
