package dev.nla.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A command that writes, to be disturbed.
 *
 * @param name for people
 * @param arguments with OUTPUT where its output goes
 * @param kept what is compared below the output; empty for the whole of it
 */
record Job(String name, List<Object> arguments, String kept) {
    Object[] to(Path output) {
        return arguments.stream()
                .map(word -> word.toString().replace("OUTPUT", output.toString()))
                .toArray();
    }

    /** The checksums of the files that are compared, by name, without the time at which the command was begun. */
    Map<String, String> contents(Path output) throws IOException {
        Path root = output.resolve(kept);
        Map<String, String> named = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, ISO_8859_1).replaceFirst("(?m)^created_at: .*$", "");
                named.put(
                        root.relativize(file).toString(),
                        UUID.nameUUIDFromBytes(text.getBytes(ISO_8859_1)).toString());
            }
        }
        return named;
    }

    @Override
    public String toString() {
        return name;
    }
}
