package dev.nla.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The program in a process of its own, which can be killed. */
final class OwnProcess {
    private OwnProcess() {}

    /** Not started yet: where its output goes is the caller's to say. */
    static ProcessBuilder of(Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dnla.root=" + System.getProperty("nla.root"),
                "-Dai.djl.offline=true",
                "dev.nla.cli.Main"));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command);
    }
}
