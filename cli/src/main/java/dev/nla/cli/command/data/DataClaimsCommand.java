package dev.nla.cli.command.data;

import dev.nla.claims.truth.ClaimRules;
import dev.nla.claims.truth.ClaimRulesFile;
import dev.nla.claims.truth.StatedSlot;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.model.InputException;
import dev.nla.model.files.OutputLock;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nla data claims}: how the descriptions of a dataset state claims, and how each is checked. */
@Command(
        name = "claims",
        description = {
            "Shows how the descriptions of a dataset state claims: which lines there are, what stands where in them, and how each is checked.",
            "That is learnt from the descriptions and facts of the train split. --write puts it into claims.yaml in the dataset's folder, "
                    + "which evaluations then go by: edit it where it is not what you mean."
        },
        footer = {"", "Example:", "  nla data claims runs/smollm2-135m/dataset --write"})
public final class DataClaimsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", description = "A folder made by nla data extract.")
    private Path folder;

    @Option(names = "--write", description = "Write claims.yaml into the dataset's folder; one that is there is kept.")
    private boolean write;

    @Override
    public void run() {
        try (ActivationDataset dataset = ActivationDataset.open(folder)) {
            ClaimRules rules = ClaimRules.of(dataset);
            if (rules.truth().rules().isEmpty()) {
                throw InputException.data(
                        "%s: none of its train rows has a description: there are no claims to read", folder);
            }
            Path file = folder.resolve(ClaimRulesFile.NAME);
            if (write && !Files.exists(file)) {
                OutputLock.during(file, () -> {
                    ClaimRulesFile.write(file, rules);
                    return file;
                });
            }
            print(rules, rules.stated(dataset), Files.exists(file));
        }
    }

    private void print(ClaimRules rules, Map<String, StatedSlot> slots, boolean stored) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s%n",
                stored ? folder.resolve(ClaimRulesFile.NAME) : "learnt from the descriptions of the train split");
        rules.grammar().forms().forEach(form -> out.printf("  %s%n", form));
        out.println();
        slots.forEach((name, slot) -> out.printf(
                Locale.ROOT,
                "  %-22s %-12s %7d claims, %.3f true, such as %s%n",
                name,
                "by " + rules.truth().rule(name).label(),
                slot.claims(),
                slot.precision(),
                slot.example()));
    }
}
