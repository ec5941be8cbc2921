package dev.nla.model.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * What the system says of this process's memory. Linux says it in files; of what cannot be read there, as on other systems, nothing is known.
 * Swap is left out: whoever computes in it waits for ever.
 */
public final class ProcessMemory {
    private static final String KIB = " kB";

    private final Path root;
    private final ControlGroups groups;

    /** Of this process. */
    public ProcessMemory() {
        this(Path.of("/"));
    }

    /** As the files {@code proc} and {@code sys} below a folder say it. */
    public ProcessMemory(Path root) {
        this.root = root;
        this.groups = new ControlGroups(root);
    }

    /** Bytes that the process holds. */
    public OptionalLong held() {
        return field("proc/self/status", "VmRSS:");
    }

    /** Bytes that it may hold beside those: the least of what the machine has and what its control groups leave. */
    public OptionalLong free() {
        return LongStream.concat(field("proc/meminfo", "MemAvailable:").stream(), groups.free().stream())
                .min();
    }

    /** Bytes of address space that it may map beside what it has mapped; empty where that has no limit. */
    public OptionalLong addresses() {
        OptionalLong mapped = field("proc/self/status", "VmSize:");
        OptionalLong most = lines("proc/self/limits").stream()
                .filter(line -> line.startsWith("Max address space"))
                .map(line ->
                        line.substring("Max address space".length()).strip().split("\\s+")[0])
                .filter(limit -> limit.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
        return mapped.isPresent() && most.isPresent()
                ? OptionalLong.of(most.getAsLong() - mapped.getAsLong())
                : OptionalLong.empty();
    }

    private OptionalLong field(String file, String name) {
        return lines(file).stream()
                .filter(line -> line.startsWith(name) && line.endsWith(KIB))
                .map(line -> line.substring(name.length(), line.length() - KIB.length())
                        .strip())
                .filter(number -> number.matches("\\d{1,15}"))
                .mapToLong(number -> Long.parseLong(number) << 10)
                .findFirst();
    }

    private List<String> lines(String file) {
        return lines(root.resolve(file));
    }

    /** The lines of a file; none where it cannot be read. */
    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unknown) {
            return List.of();
        }
    }
}
