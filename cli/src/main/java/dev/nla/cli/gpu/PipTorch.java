package dev.nla.cli.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A libtorch that pip has installed.
 *
 * @param libraries the folder of its shared libraries
 * @param version such as {@code 2.7.1+cu128}
 * @param cuda the CUDA it was built for, such as {@code 12.8}; empty where it is for CPUs alone
 */
public record PipTorch(Path libraries, String version, Optional<String> cuda) {
    private static final Pattern VERSION = Pattern.compile("^__version__ = '([^']+)'", Pattern.MULTILINE);
    private static final Pattern CUDA = Pattern.compile("^cuda\\b[^=]*= '([^']+)'", Pattern.MULTILINE);

    /** The one among a Python's packages, where there is one. */
    static Optional<PipTorch> in(Path packages) {
        Path torch = packages.resolve("torch");
        try {
            String says = Files.readString(torch.resolve("version.py"));
            Matcher version = VERSION.matcher(says);
            Path libraries = torch.resolve("lib");
            return version.find() && Files.isDirectory(libraries)
                    ? Optional.of(new PipTorch(libraries, version.group(1), cuda(says)))
                    : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static Optional<String> cuda(String says) {
        Matcher cuda = CUDA.matcher(says);
        return cuda.find() ? Optional.of(cuda.group(1)) : Optional.empty();
    }

    /** Whether it is of a version, whatever it was built for. */
    boolean is(String wanted) {
        return version.equals(wanted) || version.startsWith(wanted + "+");
    }

    /** In a line. */
    String shown() {
        return version + ", " + cuda.map(of -> "CUDA " + of).orElse("for CPUs") + ", " + libraries;
    }
}
