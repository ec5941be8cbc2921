package dev.nla.cli.command;

import dev.nla.cli.Version;
import dev.nla.model.InputException;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.torch.TorchRuntime;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nla env}: what this machine and this installation are, for reports of faults and of timings. */
@Command(
        name = "env",
        description = "Shows the versions, the machine and the settings in use.",
        footer = {"", "Example:", "  nla env"})
final class EnvCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Runtime machine = Runtime.getRuntime();
        line(out, "nla", Version.number());
        line(out, "java", System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vm.name"));
        line(
                out,
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"));
        line(out, "processors", Integer.toString(machine.availableProcessors()));
        line(out, "java heap", (machine.maxMemory() >> 20) + " MiB at most");
        line(out, "torch", torch());
        line(out, "device", TorchRuntime.defaultDevice().getDeviceType() + ", " + TorchRuntime.threads() + " threads");
        line(out, "compute type", ComputeType.resolve("auto").text() + " (the faster here)");
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

    private static void line(PrintWriter out, String name, String value) {
        out.printf("%-14s%s%n", name, value);
    }
}
