package dev.nla.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The Python scripts among the tests' resources. */
final class PythonScript {
    private PythonScript() {}

    /** Puts a script into a folder, to be run from there. */
    static Path in(Path folder, String name) {
        Path script = folder.resolve(name);
        try (InputStream in = PythonScript.class.getResourceAsStream(name)) {
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return script;
    }
}
