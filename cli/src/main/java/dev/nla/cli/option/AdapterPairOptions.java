package dev.nla.cli.option;

import dev.nla.claims.calibration.AdapterPair;
import dev.nla.model.InputException;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.sidecar.Role;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that give a verbalizer and the reconstructor that its claims are measured with. */
public final class AdapterPairOptions {
    @Mixin
    private VerbalizerOption verbalizer;

    @Option(
            names = "--reconstructor",
            required = true,
            paramLabel = "DIR|REPO",
            description = "Reconstructor adapter that measures what claims are worth.")
    private FolderOrRepo reconstructor;

    @Mixin
    private BorrowedSidecars sidecars;

    /**
     * Both, with their own sidecars or borrowed ones.
     *
     * @throws InputException where one has no sidecar and none is lent, or where one is lent that neither needs
     */
    public AdapterPair open() {
        AdapterFolder author = verbalizer.open(sidecars);
        AdapterFolder critic = sidecars.of(reconstructor, Role.RECONSTRUCTOR);
        sidecars.checkAllLent();
        return new AdapterPair(author, critic);
    }

    /** What was lent, for provenance; see {@link BorrowedSidecars#provenance}. */
    public Map<String, Object> provenance() {
        return sidecars.provenance();
    }
}
