package dev.nla.model.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** The control groups that bound a process's memory: its own and all around it, of either version of the interface. */
final class ControlGroups {
    private static final String NUMBER = "\\d{1,18}";

    private final Path root;

    /** @param root where {@code proc} and {@code sys} lie */
    ControlGroups(Path root) {
        this.root = root;
    }

    /** Bytes that the tightest of them leaves; files that are kept in memory but may be dropped are free. Empty where none has a limit. */
    OptionalLong free() {
        return groups().stream()
                .map(Group::free)
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    private List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        for (String line : ProcessMemory.lines(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[0].equals("0") && parts[1].isEmpty()) {
                groups.addAll(upwards("sys/fs/cgroup", parts[2], Group::second));
            } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                groups.addAll(upwards("sys/fs/cgroup/memory", parts[2], Group::first));
            }
        }
        return groups;
    }

    /** A group and those around it. Inside a container the path may be one that the container does not see: then the topmost is its own. */
    private List<Group> upwards(String mount, String path, Function<Path, Group> version) {
        Path top = root.resolve(mount);
        Path own = top.resolve(path.replaceFirst("^/+", "")).normalize();
        return Stream.iterate(own, each -> each != null && each.startsWith(top), Path::getParent)
                .filter(Files::isDirectory)
                .map(version)
                .toList();
    }

    /**
     * A control group.
     *
     * @param folder its files
     * @param limits names of files, each with a limit in bytes or with a word for none
     * @param used name of the file that says what it holds
     * @param droppable name in its {@code memory.stat} of what may be dropped
     */
    private record Group(Path folder, List<String> limits, String used, String droppable) {
        static Group first(Path folder) {
            return new Group(folder, List.of("memory.limit_in_bytes"), "memory.usage_in_bytes", "total_inactive_file");
        }

        static Group second(Path folder) {
            return new Group(folder, List.of("memory.max", "memory.high"), "memory.current", "inactive_file");
        }

        OptionalLong free() {
            OptionalLong limit = limits.stream()
                    .map(this::number)
                    .flatMapToLong(OptionalLong::stream)
                    .min();
            OptionalLong held = number(used);
            if (limit.isEmpty() || held.isEmpty()) {
                return OptionalLong.empty();
            }
            long dropped = ProcessMemory.lines(folder.resolve("memory.stat")).stream()
                    .map(line -> line.split(" "))
                    .filter(pair -> pair.length == 2 && pair[0].equals(droppable) && pair[1].matches(NUMBER))
                    .mapToLong(pair -> Long.parseLong(pair[1]))
                    .findFirst()
                    .orElse(0);
            return OptionalLong.of(limit.getAsLong() - held.getAsLong() + dropped);
        }

        private OptionalLong number(String file) {
            return ProcessMemory.lines(folder.resolve(file)).stream()
                    .filter(line -> line.matches(NUMBER))
                    .mapToLong(Long::parseLong)
                    .findFirst();
        }
    }
}
