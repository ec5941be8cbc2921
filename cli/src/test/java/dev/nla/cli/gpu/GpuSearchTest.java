package dev.nla.cli.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that who has no GPU in use hears the one thing that is missing next, and finds the torch that pip has installed. */
class GpuSearchTest {
    private static final Optional<Path> DRIVER = Optional.of(Path.of("/usr/lib64/libcuda.so.1"));

    @TempDir
    private Path folder;

    @Test
    void withoutADriverNothingElseHelps() {
        GpuSearch search = new GpuSearch(Optional.empty(), Optional.empty(), List.of(torch("2.7.1+cu128", "12.8")));
        assertThat(search.remedy()).startsWith("NVIDIA's driver is not found").contains("libcuda.so.1");
        assertThat(search.findings())
                .containsExactly(
                        Map.entry("driver", "none is found"),
                        Map.entry("torch by pip", "2.7.1+cu128, CUDA 12.8, /python/torch/lib"));
    }

    @Test
    void aTorchWithCudaThatPipHasInstalledIsNamedReadyToPaste() {
        List<PipTorch> installed =
                List.of(torch("2.9.0+cu128", "12.8"), torch("2.7.10+cu128", "12.8"), torch("2.7.1+cu126", "12.6"));
        assertThat(new GpuSearch(DRIVER, Optional.empty(), installed).remedy())
                .isEqualTo("the libtorch in use is for CPUs; one with CUDA 12.6 is there: export "
                        + "PYTORCH_LIBRARY_PATH=/python/torch/lib PYTORCH_VERSION=2.7.1 PYTORCH_FLAVOR=cu128");
    }

    @Test
    void whereThereIsNoneItIsSaidHowToInstallOne() {
        GpuSearch search = new GpuSearch(
                DRIVER, Optional.empty(), List.of(new PipTorch(Path.of("/p/lib"), "2.7.1+cpu", Optional.empty())));
        assertThat(search.remedy()).contains("no torch 2.7.1 with CUDA").contains("pip install torch==2.7.1+cu128");
    }

    @Test
    void aBuildForCudaBesideADriverLeavesTheGpuItself() throws IOException {
        Files.createFile(folder.resolve("libtorch_cuda.so"));
        assertThat(new GpuSearch(DRIVER, Optional.of(folder), List.of()).remedy())
                .contains("nvidia-smi");
    }

    @Test
    void whatPipHasInstalledIsReadFromItsFiles() throws IOException {
        Path torch = Files.createDirectories(folder.resolve("torch"));
        Files.writeString(
                torch.resolve("version.py"),
                "from typing import Optional\n\n__version__ = '2.7.1+cu128'\ndebug = False\ncuda: Optional[str] = '12.8'\n");
        assertThat(PipTorch.in(folder)).as("without libraries").isEmpty();
        Files.createDirectories(torch.resolve("lib"));
        assertThat(PipTorch.in(folder))
                .contains(new PipTorch(torch.resolve("lib"), "2.7.1+cu128", Optional.of("12.8")));
        Files.writeString(torch.resolve("version.py"), "__version__ = '2.7.1+cpu'\ncuda: Optional[str] = None\n");
        assertThat(PipTorch.in(folder)).get().extracting(PipTorch::cuda).isEqualTo(Optional.empty());
    }

    @Test
    void theActivePythonIsAskedWhereItsPackagesAre() throws IOException {
        Path packages = Files.createDirectories(folder.resolve("packages"));
        Path torch = Files.createDirectories(packages.resolve("torch/lib")).getParent();
        Files.writeString(torch.resolve("version.py"), "__version__ = '2.7.1+cu128'\ncuda: Optional[str] = '12.8'\n");
        Path python = Files.createDirectories(folder.resolve("env/bin")).resolve("python3");
        Files.writeString(python, "#!/bin/sh\nprintf '\\n%s\\n' '" + packages + "'\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();
        Map<String, String> active = Map.of("VIRTUAL_ENV", folder.resolve("env").toString());
        assertThat(new Pythons(active).torches())
                .first()
                .extracting(PipTorch::libraries)
                .isEqualTo(torch.resolve("lib"));
    }

    private static PipTorch torch(String version, String cuda) {
        return new PipTorch(Path.of("/python/torch/lib"), version, Optional.of(cuda));
    }
}
