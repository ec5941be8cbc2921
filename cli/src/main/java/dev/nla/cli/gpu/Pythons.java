package dev.nla.cli.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Python installations at hand: of the environment that is active, and on the path.
 *
 * @param environment variables of this process
 */
record Pythons(Map<String, String> environment) {
    private static final long SECONDS = 20;

    /** The torches that they see, each once. */
    List<PipTorch> torches() {
        return programs()
                .flatMap(Pythons::packages)
                .distinct()
                .map(PipTorch::in)
                .flatMap(Optional::stream)
                .toList();
    }

    private Stream<String> programs() {
        Stream<String> active = Stream.of("VIRTUAL_ENV", "CONDA_PREFIX")
                .map(environment::get)
                .filter(folder -> folder != null && !folder.isEmpty())
                .map(folder -> Path.of(folder, "bin", "python3"))
                .filter(Files::isExecutable)
                .map(Path::toString);
        return Stream.concat(active, Stream.of("python3"));
    }

    /** Where a Python looks for packages; nothing where it cannot be started. */
    private static Stream<Path> packages(String program) {
        try {
            Process python = new ProcessBuilder(program, "-c", "import sys; print('\\n'.join(sys.path))")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            python.getOutputStream().close();
            String answer = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!python.waitFor(SECONDS, TimeUnit.SECONDS)) {
                python.destroyForcibly();
            }
            return folders(answer).stream();
        } catch (IOException missing) {
            return Stream.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Stream.empty();
        }
    }

    private static List<Path> folders(String lines) {
        List<Path> folders = new ArrayList<>();
        for (String line : lines.split("\\R")) {
            try {
                folders.add(Path.of(line.strip()));
            } catch (InvalidPathException unreadable) {
                // a name that this file system cannot have holds no packages
            }
        }
        folders.removeIf(folder -> folder.toString().isEmpty());
        return folders;
    }
}
