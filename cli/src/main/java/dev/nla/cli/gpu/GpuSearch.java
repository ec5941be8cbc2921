package dev.nla.cli.gpu;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of a GPU's software this machine has.
 *
 * @param driver where a trace of NVIDIA's driver was found; empty where there is none
 * @param chosen the folder of the libtorch that {@code PYTORCH_LIBRARY_PATH} names
 * @param installed what pip has installed
 */
public record GpuSearch(Optional<Path> driver, Optional<Path> chosen, List<PipTorch> installed) {
    /** The libtorch that the Java bindings are built for. */
    private static final String VERSION = "2.7.1";

    private static final String FLAVOR = "cu128";

    private static final Path LOADED = Path.of("/proc/driver/nvidia/version");
    private static final String DRIVER = "libcuda.so.1";
    private static final List<String> FOLDERS = List.of(
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/usr/lib64",
            "/usr/lib",
            "/usr/lib/wsl/lib",
            "/usr/local/cuda/compat");

    /** Looks around on this machine. */
    public static GpuSearch here() {
        Map<String, String> environment = System.getenv();
        return new GpuSearch(
                driver(environment.getOrDefault("LD_LIBRARY_PATH", "")),
                Optional.ofNullable(environment.get("PYTORCH_LIBRARY_PATH")).map(Path::of),
                new Pythons(environment).torches());
    }

    private static Optional<Path> driver(String more) {
        Stream<String> folders = Stream.concat(Arrays.stream(more.split(File.pathSeparator)), FOLDERS.stream());
        return Stream.concat(
                        Stream.of(LOADED),
                        folders.filter(folder -> !folder.isBlank()).map(folder -> Path.of(folder, DRIVER)))
                .filter(Files::exists)
                .findFirst();
    }

    /** What was found, as pairs of a name and a value. */
    public List<Map.Entry<String, String>> findings() {
        Stream<Map.Entry<String, String>> first =
                Stream.of(Map.entry("driver", driver.map(Path::toString).orElse("none is found")));
        return Stream.concat(first, installed.stream().map(torch -> Map.entry("torch by pip", torch.shown())))
                .toList();
    }

    /** Why torch sees no GPU, as far as files tell, and what to do; one step at a time. */
    public String remedy() {
        if (driver.isEmpty()) {
            return "NVIDIA's driver is not found (neither %s nor %s): install it, or give the container its GPUs"
                    .formatted(LOADED, DRIVER);
        }
        if (chosen.filter(folder -> Files.exists(folder.resolve("libtorch_cuda.so")))
                .isPresent()) {
            return "the driver is there and %s is a build for CUDA: see what nvidia-smi and CUDA_VISIBLE_DEVICES say"
                    .formatted(chosen.get());
        }
        return "the libtorch in use is for CPUs; "
                + installed.stream()
                        .filter(torch -> torch.is(VERSION) && torch.cuda().isPresent())
                        .findFirst()
                        .map(torch ->
                                "one with CUDA %s is there: export PYTORCH_LIBRARY_PATH=%s PYTORCH_VERSION=%s PYTORCH_FLAVOR=%s"
                                        .formatted(torch.cuda().get(), torch.libraries(), VERSION, FLAVOR))
                        .orElse(
                                "no torch %s with CUDA is among the packages of python3: install it by pip install torch==%s+%s --index-url https://download.pytorch.org/whl/%s"
                                        .formatted(VERSION, VERSION, FLAVOR, FLAVOR));
    }
}
