package dev.nla.cli.command;

import ai.djl.Device;
import dev.nla.cli.gpu.GpuSearch;
import dev.nla.cli.option.ClusterOptions;
import dev.nla.cli.terminal.Fields;
import dev.nla.cli.terminal.Version;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.workers.ClusterSettings;
import dev.nla.model.workers.Likeness;
import dev.nla.model.workers.WorkerFacts;
import dev.nla.model.workers.WorkerSetup;
import dev.nla.model.workers.Workers;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla env}: what this machine and this installation are, for reports of faults and of timings. */
@Command(
        name = "env",
        description = "Shows the versions, the machine and the settings in use, and a cluster's workers.",
        footer = {"", "Examples:", "  nla env", "  nla env --device cuda"})
public final class EnvCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--device",
            paramLabel = "D",
            defaultValue = "auto",
            description =
                    "auto, cpu, cuda, or cuda:1 for the second GPU; where a GPU is asked for and none is in use, says "
                            + "what is missing. Default: ${DEFAULT-VALUE}")
    private String device;

    @Mixin
    private ClusterOptions options;

    @Override
    public void run() {
        Fields fields = new Fields(spec.commandLine().getOut());
        Optional<GpuSearch> search =
                device.matches("(?i)(cuda|gpu).*") ? Optional.of(GpuSearch.here()) : Optional.empty();
        Runtime machine = Runtime.getRuntime();
        fields.line("nla", Version.number());
        fields.line("java", System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vm.name"));
        fields.line(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"));
        fields.line("processors", Integer.toString(machine.availableProcessors()));
        fields.line("java heap", (machine.maxMemory() >> 20) + " MiB at most");
        search.ifPresent(found -> found.findings().forEach(each -> fields.line(each.getKey(), each.getValue())));
        fields.line("torch", torch(search));
        fields.line("device", device(search) + ", " + TorchRuntime.threads() + " threads");
        fields.line("compute type", ComputeType.resolve("auto").text() + " (the faster here)");
        options.cluster().ifPresent(cluster -> workers(fields, cluster));
    }

    private static void workers(Fields fields, ClusterSettings cluster) {
        ClusterSettings any = new ClusterSettings(cluster.url(), cluster.configuration(), true);
        List<WorkerFacts> workers;
        try (Workers opened = ClusterOptions.source(Optional.of(any)).open(WorkerSetup.withoutModel())) {
            workers = opened.facts();
        }
        workers.forEach(worker -> fields.line(worker.name(), worker.shown()));
        Likeness alike = new Likeness(cluster.mixed());
        workers.forEach(alike::require);
    }

    private static String torch(Optional<GpuSearch> search) {
        try {
            String library = System.getenv("PYTORCH_LIBRARY_PATH");
            return TorchRuntime.version() + (library == null ? " (brought along)" : " (" + library + ")");
        } catch (LinkageError | RuntimeException failure) {
            throw InputException.data(
                    failure,
                    "torch cannot be loaded: %s: %s",
                    deepest(failure).getMessage(),
                    search.map(GpuSearch::remedy)
                            .orElse("check PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR"));
        }
    }

    /** What began it, which alone says which library is missing. */
    private static Throwable deepest(Throwable failure) {
        return failure.getCause() == null ? failure : deepest(failure.getCause());
    }

    /** The device asked for, which has to be there. */
    private String device(Optional<GpuSearch> search) {
        Device asked = TorchRuntime.device(device);
        int there = TorchRuntime.gpus();
        if (!asked.isGpu() || asked.getDeviceId() < there) {
            return asked.isGpu() ? "cuda:" + asked.getDeviceId() : "cpu";
        }
        throw InputException.data(
                "%s %s: torch sees %d GPUs: %s",
                Key.of("device"),
                device,
                there,
                there > 0
                        ? "give one below cuda:" + there
                        : search.map(GpuSearch::remedy).orElseThrow());
    }
}
