package dev.nla.cli.option;

import dev.nla.model.InputException;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.PublishedSidecars;
import dev.nla.model.sidecar.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** The flag that lends a sidecar to adapters that have none. */
public final class BorrowedSidecars {
    @Option(
            names = "--like",
            completionCandidates = KnownWords.Conventions.class,
            paramLabel = "NAME|F",
            description =
                    "For an adapter without nla_meta.yaml: take this one, a file or the name of a published adapter "
                            + "whose conventions come with nla, such as anicka/nla-qwen2.5-7b-L20-av-v2; one for each role")
    private List<String> like = List.of();

    private final Set<String> lentOut = new HashSet<>();

    /**
     * The adapter that was given, with its own sidecar or the borrowed one of this role.
     *
     * @throws InputException where it has none and none is lent, or where one is lent that it does not need
     */
    public AdapterFolder of(FolderOrRepo given, Role role) {
        Path folder = given.adapter();
        List<String> lent = like.stream()
                .filter(each -> PublishedSidecars.find(each, folder).role() == role)
                .toList();
        if (lent.isEmpty()) {
            return AdapterFolder.open(folder, role, given.toString());
        }
        if (lent.size() > 1) {
            throw InputException.usage(
                    "--like %s: is for the %s, and so is %s: give one", lent.get(1), role.written(), lent.get(0));
        }
        if (Files.exists(folder.resolve(ModelSidecar.FILE))) {
            throw InputException.usage("--like %s: %s has a sidecar of its own: leave --like out", lent.get(0), given);
        }
        lentOut.add(lent.get(0));
        return new AdapterFolder(folder, PublishedSidecars.find(lent.get(0), folder));
    }

    /** Refuses a sidecar that no adapter was in need of, once all of them were looked at. */
    public void checkAllLent() {
        like.stream().filter(each -> !lentOut.contains(each)).findFirst().ifPresent(each -> {
            throw InputException.usage(
                    "--like %s: no adapter of its role is without a sidecar: leave it out, or give that adapter", each);
        });
    }

    /** What was lent, for provenance; empty where nothing was. */
    public Map<String, Object> provenance() {
        return like.isEmpty() ? Map.of() : Map.of("like", String.join(", ", like));
    }
}
