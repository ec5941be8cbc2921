package dev.nla.cli.terminal;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.model.adapter.AdapterFolder;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;

/** Lines that need attention though a command goes on; they go to standard error. */
public final class WarningLines {
    private WarningLines() {}

    public static void print(CommandLine command, List<String> warnings) {
        PrintWriter err = command.getErr();
        warnings.forEach(warning -> err.println("nla: warning: " + warning));
        err.flush();
    }

    /** What centred scores of a dataset suffer from, and in what way its activations are others than adapters were trained on. */
    public static List<String> ofData(ActivationDataset data, Collection<AdapterFolder> adapters) {
        List<String> warnings = new ArrayList<>();
        data.centering(Split.TRAIN).warnings().forEach(line -> warnings.add(data.folder() + ": train split: " + line));
        for (AdapterFolder adapter : adapters) {
            adapter.sidecar()
                    .origin()
                    .differences(data.sidecar().origin())
                    .forEach(line -> warnings.add(data.folder() + ": " + adapter.path() + " was trained on " + line));
        }
        return warnings;
    }
}
