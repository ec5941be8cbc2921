package dev.nla.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How many columns the terminal has: what {@code COLUMNS} says, else what the terminal itself does, which is asked again every few seconds
 * since windows are made larger and smaller; {@value #STANDARD} where neither is to be had. Not safe for use by several threads.
 */
final class TerminalWidth implements IntSupplier {
    /** The columns of a terminal that does not say. */
    static final int STANDARD = 80;

    private static final long ASKED_NANOS = 3_000_000_000L;
    private static final File TERMINAL = new File("/dev/tty");

    private final Optional<Integer> said;
    private final Supplier<String> size;
    private final LongSupplier nanoTime;
    private long asked;
    private int columns;

    /** The width of this process's terminal. */
    TerminalWidth() {
        this(System.getenv(), TerminalWidth::sttySize, System::nanoTime);
    }

    /**
     * A width.
     *
     * @param size lines and columns as {@code stty size} prints them; anything else where they are not known
     */
    TerminalWidth(Map<String, String> environment, Supplier<String> size, LongSupplier nanoTime) {
        this.said = number(environment.getOrDefault("COLUMNS", ""));
        this.size = size;
        this.nanoTime = nanoTime;
    }

    @Override
    public int getAsInt() {
        if (said.isPresent()) {
            return said.get();
        }
        long now = nanoTime.getAsLong();
        if (columns == 0 || now - asked >= ASKED_NANOS) {
            asked = now;
            String[] words = size.get().strip().split(" ");
            columns = number(words[words.length - 1]).orElse(STANDARD);
        }
        return columns;
    }

    private static Optional<Integer> number(String text) {
        return text.matches("[1-9]\\d{0,4}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private static String sttySize() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(TERMINAL)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return stty.waitFor(1, TimeUnit.SECONDS) && stty.exitValue() == 0 ? printed : "";
        } catch (IOException absent) {
            return "";
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
