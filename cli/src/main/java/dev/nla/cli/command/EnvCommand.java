package dev.nla.cli.command;

import dev.nla.cli.option.ClusterOptions;
import dev.nla.cli.terminal.Fields;
import dev.nla.cli.terminal.Version;
import dev.nla.model.InputException;
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
import picocli.CommandLine.Spec;

/** {@code nla env}: what this machine and this installation are, for reports of faults and of timings. */
@Command(
        name = "env",
        description = "Shows the versions, the machine and the settings in use, and a cluster's workers.",
        footer = {"", "Example:", "  nla env"})
public final class EnvCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions options;

    @Override
    public void run() {
        Fields fields = new Fields(spec.commandLine().getOut());
        Runtime machine = Runtime.getRuntime();
        fields.line("nla", Version.number());
        fields.line("java", System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vm.name"));
        fields.line(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"));
        fields.line("processors", Integer.toString(machine.availableProcessors()));
        fields.line("java heap", (machine.maxMemory() >> 20) + " MiB at most");
        fields.line("torch", torch());
        fields.line(
                "device", TorchRuntime.defaultDevice().getDeviceType() + ", " + TorchRuntime.threads() + " threads");
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

    private static String torch() {
        try {
            String library = System.getenv("PYTORCH_LIBRARY_PATH");
            return TorchRuntime.version() + (library == null ? " (brought along)" : " (" + library + ")");
        } catch (LinkageError | RuntimeException failure) {
            throw InputException.data(
                    failure,
                    "torch cannot be loaded: %s: check PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR",
                    failure.getMessage());
        }
    }
}
