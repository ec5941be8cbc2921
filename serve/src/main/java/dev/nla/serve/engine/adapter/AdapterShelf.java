package dev.nla.serve.engine.adapter;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.files.FileFault;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.Role;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The adapters that are loaded, and where those lie that may be. A request says a name, never a path: a name has no separators, and its
 * folder was given when the server started or lies directly in the adapters' folder.
 */
public final class AdapterShelf {
    /** What a name may be. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Map<String, AdapterFolder> given;
    private final Optional<Path> folder;
    private final NavigableMap<String, LoadedAdapter> loaded;

    /**
     * An empty shelf.
     *
     * @param given adapters by name, in the order in which they are listed
     * @param folder where more of them lie, each in a folder of its name, or in the folder {@code adapter} of a training run of its name
     */
    public AdapterShelf(Map<String, AdapterFolder> given, Optional<Path> folder) {
        given.keySet().forEach(name -> {
            if (!NAME.matcher(name).matches()) {
                throw InputException.usage(
                        "%s %s=…: a name begins with a letter or digit and has at most 64 letters, digits, '.', '_' and '-'",
                        Key.of("adapter"), name);
            }
        });
        folder.filter(path -> !Files.isDirectory(path)).ifPresent(path -> {
            throw InputException.data("%s %s: there is no such folder", Key.of("adapters_folder"), path);
        });
        this.given = Map.copyOf(given);
        this.folder = folder;
        List<String> order = List.copyOf(given.keySet());
        // Those that were not given stand behind, by name.
        loaded = new ConcurrentSkipListMap<>(
                Comparator.<String>comparingInt(name -> order.contains(name) ? order.indexOf(name) : order.size())
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Those that are loaded, by name, in the order in which they were given. */
    public NavigableMap<String, LoadedAdapter> loaded() {
        return loaded;
    }

    /** One that is loaded. */
    public LoadedAdapter get(String name, String parameter) {
        LoadedAdapter adapter = loaded.get(name);
        if (adapter == null) {
            throw RequestException.of(
                    Fault.NOT_FOUND,
                    new RequestException.Parameter(parameter),
                    "no adapter '%s' is loaded; loaded are %s",
                    shortened(name),
                    loaded.isEmpty() ? "none" : String.join(", ", loaded.keySet()));
        }
        return adapter;
    }

    /** Names that are known but not loaded. */
    public List<String> loadable() {
        Set<String> names = new TreeSet<>(given.keySet());
        folder.ifPresent(path -> {
            try (Stream<Path> children = Files.list(path)) {
                children.map(child -> child.getFileName().toString())
                        .filter(name -> NAME.matcher(name).matches())
                        .filter(name ->
                                inFolder(name).filter(AdapterShelf::verbalizer).isPresent())
                        .forEach(names::add);
            } catch (IOException e) {
                throw InputException.data(e, "%s: the adapters' folder cannot be read: %s", path, FileFault.of(e));
            }
        });
        names.removeAll(loaded.keySet());
        return List.copyOf(names);
    }

    /** Refuses a name that cannot be one, or of which nothing is known. */
    public void requireKnown(String name) {
        if (!NAME.matcher(name).matches()) {
            throw RequestException.invalid(
                    "name",
                    "'%s' is no adapter's name: it begins with a letter or digit and has at most 64 letters, digits, '.', '_' and '-'",
                    shortened(name));
        }
        if (!given.containsKey(name) && inFolder(name).isEmpty()) {
            throw RequestException.of(
                    Fault.NOT_FOUND,
                    new RequestException.Parameter("name"),
                    "no adapter '%s' is known: start the server with it, or with the folder that it lies in",
                    name);
        }
    }

    /** An adapter that is to be loaded, whose name is known. */
    public AdapterFolder folder(String name) {
        return Optional.ofNullable(given.get(name))
                .or(() -> inFolder(name).map(path -> AdapterFolder.open(path, Role.VERBALIZER)))
                .orElseThrow(() -> InputException.data("the adapter '%s' is gone from its folder", name));
    }

    private Optional<Path> inFolder(String name) {
        return folder.stream()
                .flatMap(
                        path -> Stream.of(path.resolve(name), path.resolve(name).resolve("adapter")))
                .filter(path -> Files.isRegularFile(path.resolve(ModelSidecar.FILE)))
                .findFirst();
    }

    private static boolean verbalizer(Path path) {
        try {
            return ModelSidecar.read(path).role() == Role.VERBALIZER;
        } catch (InputException unreadable) {
            return false;
        }
    }

    private static String shortened(String name) {
        return name.length() <= 64 ? name : name.substring(0, 61) + "...";
    }
}
