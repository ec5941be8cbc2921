package dev.nla.model.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs Python scripts that do with other tools what is done here, so that tests can compare the two.
 *
 * @param python an interpreter that has torch, transformers, peft, safetensors, pyarrow and openai
 */
public record Peers(Path python) {
    private static final String VARIABLE = "NLA_PEERS_PYTHON";
    private static final long MINUTES = 15;

    /** The Python that {@code NLA_PEERS_PYTHON} names. */
    public static Peers installed() {
        String python = System.getenv(VARIABLE);
        RealTests.need(
                VARIABLE + ", a Python with torch, transformers, peft, safetensors, pyarrow and openai",
                python != null && !python.isBlank());
        return new Peers(Path.of(python));
    }

    /**
     * A checkout of another project, whose own code is to read what is written here; the test is skipped, under every profile, where the
     * machine has none.
     *
     * @param variable the environment variable that names it
     * @param file a file it must have
     */
    public static Path checkout(String variable, String file) {
        String folder = System.getenv(variable);
        Assumptions.assumeTrue(
                folder != null && Files.exists(Path.of(folder, file)),
                () -> "skipped: " + variable + " names no checkout that has " + file
                        + ", see docs/how-to/trade-data-and-adapters.md");
        return Path.of(folder);
    }

    /** Runs a script to its end and returns the lines it printed; anything but exit code 0 is an error with what it said. */
    public List<String> run(Path script, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(python.toString(), script.toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        try {
            Path out = Files.createTempFile("peer", ".out");
            Path err = Files.createTempFile("peer", ".err");
            try {
                int code = run(command, out, err);
                if (code != 0) {
                    throw new IllegalStateException(
                            String.join(" ", command) + " ended with " + code + ":\n" + Files.readString(err));
                }
                return Files.readAllLines(out);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int run(List<String> command, Path out, Path err) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HF_HUB_OFFLINE", "1");
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException(String.join(" ", command) + " took more than " + MINUTES + " minutes");
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
