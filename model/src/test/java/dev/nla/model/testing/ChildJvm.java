package dev.nla.model.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A Java machine of its own, with little memory for Java, in which what torch takes is told apart from what other tests took. */
public final class ChildJvm {
    private static final String PEAK = "VmHWM:";

    private ChildJvm() {}

    /** Runs a class's {@code main} to its end; the lines that it printed. Fails where it failed. */
    public static List<String> run(Class<?> main, Object... arguments) throws IOException, InterruptedException {
        return run(Map.of(), main, arguments);
    }

    /** The same under further environment variables. */
    public static List<String> run(Map<String, String> environment, Class<?> main, Object... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dnla.root=" + System.getProperty("nla.root", ".."),
                "-Dai.djl.offline=true",
                main.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(main.getName() + " ended with " + process.exitValue() + ": " + printed);
        }
        return printed.lines().toList();
    }

    /** The most memory that this process has held at a time, in bytes; on Linux alone. */
    public static long peakBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(PEAK))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }
}
