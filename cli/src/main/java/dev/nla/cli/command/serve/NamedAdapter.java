package dev.nla.cli.command.serve;

import dev.nla.cli.option.BorrowedSidecars;
import dev.nla.cli.option.FolderOrRepo;
import dev.nla.cli.option.Hub;
import dev.nla.model.InputException;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.sidecar.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A verbalizer and what a server calls it: given as {@code DIR}, {@code REPO[@REV]}, or either behind {@code name=}.
 *
 * @param name not blank
 * @param place where it is
 */
public record NamedAdapter(String name, FolderOrRepo place) {
    /** Reads what was given; without a name, it is that of the folder or repository. */
    public static NamedAdapter parse(String given, Hub hub) {
        int sign = given.indexOf('=');
        boolean named = sign >= 0 && !Files.isDirectory(Path.of(given));
        FolderOrRepo place = new FolderOrRepo(named ? given.substring(sign + 1) : given, hub);
        return new NamedAdapter(named ? given.substring(0, sign).strip() : place.name(), place);
    }

    /**
     * Verbalizers by name.
     *
     * @throws InputException where one is not there, has no sidecar and none is lent, or two have the same name
     */
    static Map<String, AdapterFolder> byName(List<NamedAdapter> adapters, BorrowedSidecars sidecars) {
        Map<String, AdapterFolder> folders = new LinkedHashMap<>();
        for (NamedAdapter adapter : adapters) {
            if (adapter.name.isEmpty()) {
                throw InputException.usage("=%s: the name before = is empty: give name=DIR", adapter.place);
            }
            if (folders.containsKey(adapter.name)) {
                throw InputException.usage(
                        "%s: another folder is called %s too: name one by name=DIR", adapter.place, adapter.name);
            }
            if (adapter.place.repo().isEmpty() && !Files.isDirectory(Path.of(adapter.place.given()))) {
                throw InputException.data("%s: there is no such folder; give a verbalizer adapter", adapter.place);
            }
            folders.put(adapter.name, sidecars.of(adapter.place, Role.VERBALIZER));
        }
        return folders;
    }
}
