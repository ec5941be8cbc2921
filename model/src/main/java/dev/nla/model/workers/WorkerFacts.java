package dev.nla.model.workers;

import ai.djl.Device;
import dev.nla.model.torch.TorchRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a process that works on parts runs on.
 *
 * @param name of the process, such as its machine and number
 * @param processor its architecture, with the instructions that torch chooses its kernels by
 * @param torch version of libtorch
 * @param threads that torch computes with
 * @param device where it computes
 */
public record WorkerFacts(String name, String processor, String torch, int threads, String device) {
    private static final List<String> INSTRUCTIONS = List.of("avx2", "avx512f", "avx512_bf16", "amx_bf16", "sve");

    /** Those of this process. */
    public static WorkerFacts here(String name, Device device) {
        return new WorkerFacts(name, instructions(), TorchRuntime.version(), TorchRuntime.threads(), kind(device));
    }

    /** The same without the name: processes that are equal in it give equal results. */
    public WorkerFacts unnamed() {
        return new WorkerFacts("", processor, torch, threads, device);
    }

    /** All but the name, for people. */
    public String shown() {
        return "%s, torch %s, %d threads, %s".formatted(processor, torch, threads, device);
    }

    private static String kind(Device device) {
        return device.isGpu() ? "gpu" : "cpu";
    }

    private static String instructions() {
        String architecture = System.getProperty("os.arch");
        Path description = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(description)) {
            return architecture;
        }
        try {
            String flags = Files.readAllLines(description, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                    .findFirst()
                    .orElse("");
            List<String> there = Arrays.asList(flags.split("\\s+"));
            return architecture
                    + INSTRUCTIONS.stream()
                            .filter(there::contains)
                            .map(name -> " " + name)
                            .collect(Collectors.joining());
        } catch (IOException e) {
            return architecture;
        }
    }
}
