package dev.nla.cli.command.serve;

import dev.nla.cli.option.BaseModel;
import dev.nla.cli.option.BorrowedSidecars;
import dev.nla.cli.option.FolderOrRepo;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.sidecar.Role;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.serve.NlaServer;
import dev.nla.serve.engine.EngineSettings;
import dev.nla.serve.engine.ModelEngine;
import dev.nla.serve.http.ServeSettings;
import dev.nla.serve.metrics.ServerMetrics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla serve}: adapters over HTTP, and a page to read activations with. */
@Command(
        name = "serve",
        description = {
            "Serves adapters over HTTP, with a page to read activations with.",
            "Runs until it is interrupted. Without a token it listens on loopback alone."
        },
        footer = {
            "",
            "Example:",
            "  nla serve --model models/scenes --adapter sft=runs/quickstart/sft/adapter \\",
            "    --adapter hardneg=runs/quickstart/hardneg/adapter \\",
            "    --reconstructor runs/quickstart/reconstructor/adapter \\",
            "    --data runs/quickstart/dataset"
        })
public final class ServeCommand implements Runnable {
    private static final int FREEING_SECONDS = 5;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BaseModel model;

    @Option(
            names = "--adapter",
            paramLabel = "NAME=DIR|REPO",
            description = "Verbalizer adapter to load, a folder, or a repository that is pulled; may be given several "
                    + "times. Without NAME=, the name of the folder or repository")
    private List<NamedAdapter> adapters = List.of();

    @Option(
            names = "--adapters-folder",
            paramLabel = "DIR",
            description =
                    "Adapters that may be loaded while serving, each in a folder of its name (or in adapter below it)")
    private Optional<Path> adaptersFolder = Optional.empty();

    @Option(
            names = "--reconstructor",
            paramLabel = "DIR|REPO",
            description = "Reconstructor adapter: gives round trips, ranks and gaps")
    private Optional<FolderOrRepo> reconstructor = Optional.empty();

    @Mixin
    private BorrowedSidecars sidecars;

    @Option(
            names = "--data",
            paramLabel = "DATASET",
            description = "Activations that ranks and nearest texts are taken among")
    private Optional<Path> data = Optional.empty();

    @Mixin
    private ListenOptions listen;

    @Override
    public void run() {
        ServeSettings settings = listen.settings();
        EngineSettings engine = new EngineSettings(
                model.folder(),
                NamedAdapter.byName(adapters, sidecars),
                adaptersFolder,
                reconstructor.map(given -> sidecars.of(given, Role.RECONSTRUCTOR)),
                data,
                listen.queue(),
                () -> model.onGpu() ? Long.MAX_VALUE : listen.batchMemory().getAsLong());
        sidecars.checkAllLent();
        ServerMetrics metrics = new ServerMetrics();
        CountDownLatch freed = new CountDownLatch(1);
        try (Tokenizer tokenizer = model.tokenizer();
                Decoder decoder = model.decoder();
                NlaServer server = new NlaServer(
                        settings, new ModelEngine(decoder, tokenizer, engine, metrics), metrics, this::log)) {
            PrintWriter out = spec.commandLine().getOut();
            out.printf("listening on http://%s:%d%n", shown(settings.host()), server.port());
            out.flush();
            await(server, freed);
        } finally {
            freed.countDown();
        }
    }

    /** A line about a request, on stderr: stdout is for programs, which read the address there. */
    private void log(String line) {
        PrintWriter err = spec.commandLine().getErr();
        synchronized (err) {
            err.println(line);
            err.flush();
        }
    }

    /** Waits until this thread is interrupted, or the process is to end: then it ends when the model has been let go of. */
    private static void await(NlaServer server, CountDownLatch freed) {
        Thread stop = new Thread(
                () -> {
                    server.close();
                    uninterrupted(() -> freed.await(FREEING_SECONDS, TimeUnit.SECONDS));
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        uninterrupted(server::await);
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException ending) {
            // The process ends, and the hook runs already.
        }
    }

    private interface Wait {
        void run() throws InterruptedException;
    }

    private static void uninterrupted(Wait wait) {
        try {
            wait.run();
        } catch (InterruptedException e) {
            // Whoever runs this command in a thread of its own ends it so: there is nothing more to wait for.
        }
    }

    private static String shown(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
