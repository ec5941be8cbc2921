package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;

import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A quickstart that the tests of the page share: two adapters whose descriptions differ, a reconstructor and activations. */
final class PageRun {
    private static Path made;

    private PageRun() {}

    /** The run's folder, made when it is first asked for; it lies in the build's own folder. */
    static synchronized Path folder() throws IOException {
        if (made == null) {
            Path target = Files.createDirectories(Path.of("target"));
            Path run = Files.createTempDirectory(target, "page-run");
            succeeded(Outcome.of("quickstart", "--output", run.resolve("run"), "--rows", 600, "--seed", 5));
            made = run.resolve("run");
        }
        return made;
    }

    /** How a server is told to serve it. */
    static Object[] options(Object... more) throws IOException {
        return options(folder(), folder().resolve("hardneg/adapter"), more);
    }

    /** The same with the shipped verbalizer as the second adapter, which writes otherwise than the first; the run's two hardly do. */
    static Object[] differing() throws IOException {
        return options(folder(), Fixtures.checkout("adapters/scenes/verbalizer"));
    }

    /** How a server is told to serve the pair of adapters that ships with the model, without activations to rank among. */
    static Object[] shipped() {
        Path pair = Fixtures.checkout("adapters/scenes");
        return new Object[] {
            "--model",
            Fixtures.checkout("models/scenes"),
            "--adapter",
            "shipped=" + pair.resolve("verbalizer"),
            "--reconstructor",
            pair.resolve("reconstructor")
        };
    }

    private static Object[] options(Path run, Path second, Object... more) {
        List<Object> line = new ArrayList<>(List.of(
                "--model",
                Fixtures.checkout("models/scenes"),
                "--adapter",
                "sft=" + run.resolve("sft/adapter"),
                "--adapter",
                "hardneg=" + second,
                "--reconstructor",
                run.resolve("reconstructor/adapter"),
                "--data",
                run.resolve("dataset")));
        line.addAll(List.of(more));
        return line.toArray();
    }
}
