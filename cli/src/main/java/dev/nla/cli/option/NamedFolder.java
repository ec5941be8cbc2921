package dev.nla.cli.option;

import dev.nla.model.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A folder and what a page calls it: given as {@code DIR} or as {@code name=DIR}.
 *
 * @param name not blank
 * @param folder that is there
 */
public record NamedFolder(String name, Path folder) {
    /**
     * Reads what was given; without a name, it is the last element of the path.
     *
     * @param what was expected, for messages
     * @throws InputException where a folder is not there, or two have the same name
     */
    public static List<NamedFolder> all(List<String> given, String what) {
        List<NamedFolder> folders = given.stream().map(each -> of(each, what)).toList();
        Set<String> names = new HashSet<>();
        for (NamedFolder folder : folders) {
            if (!names.add(folder.name)) {
                throw InputException.usage(
                        "%s: another folder is called %s too: name one by name=DIR", folder.folder, folder.name);
            }
        }
        return folders;
    }

    private static NamedFolder of(String given, String what) {
        int sign = given.indexOf('=');
        boolean named = sign >= 0 && !Files.isDirectory(Path.of(given));
        Path folder = Path.of(named ? given.substring(sign + 1) : given);
        String name = named ? given.substring(0, sign).strip() : last(folder);
        if (name.isEmpty()) {
            throw InputException.usage("%s: the name before = is empty: give name=DIR", given);
        }
        if (!Files.isDirectory(folder)) {
            throw InputException.data("%s: there is no such folder; give %s", folder, what);
        }
        return new NamedFolder(name, folder);
    }

    /** The last element of a folder's whole path. */
    static String last(Path folder) {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        return last == null ? folder.toString() : last.toString();
    }
}
