package dev.nla.cli.option;

import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.sidecar.Role;
import picocli.CommandLine.Option;

/** The flag that gives the verbalizer of a command that is nothing without one. */
public final class VerbalizerOption {
    @Option(
            names = "--verbalizer",
            required = true,
            paramLabel = "DIR|REPO",
            description = "Verbalizer adapter, a folder, or a repository that is pulled.")
    private FolderOrRepo given;

    /** The adapter, with its own sidecar or a borrowed one; see {@link BorrowedSidecars#of}. */
    public AdapterFolder open(BorrowedSidecars sidecars) {
        return sidecars.of(given, Role.VERBALIZER);
    }

    /** As it was written, for messages. */
    @Override
    public String toString() {
        return given.toString();
    }
}
