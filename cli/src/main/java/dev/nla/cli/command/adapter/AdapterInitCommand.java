package dev.nla.cli.command.adapter;

import dev.nla.cli.option.FolderOrRepo;
import dev.nla.cli.option.KnownWords;
import dev.nla.model.InputException;
import dev.nla.model.adapter.BareAdapter;
import dev.nla.model.adapter.SidecarFit;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.files.NewFolder;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.sidecar.MarkerTokens;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.ModelSidecarBuilder;
import dev.nla.model.sidecar.PublishedSidecars;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.sidecar.Role;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.remote.hub.FileChoice;
import dev.nla.remote.hub.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nla adapter init}: writes the sidecar of an adapter that has none. */
@Command(
        name = "init",
        description = {
            "Writes nla_meta.yaml for an adapter as PEFT leaves it: how it is asked, or how it reads.",
            "Everything is checked against the adapter, and with --model against base model and tokenizer, before "
                    + "anything is written. --like takes the conventions of a published adapter, and flags stand above it."
        },
        footer = {
            "",
            "Examples:",
            "  nla adapter init adapters/mine --layer 20 --injection-norm 150 --marker ㈎ \\",
            "    --av-template configs/qwen2.5-7b/sft.yaml --model Qwen/Qwen2.5-7B-Instruct",
            "  nla adapter init anicka/nla-qwen2.5-7b-L20-av-v2 \\",
            "    --like anicka/nla-qwen2.5-7b-L20-av-v2 --output adapters/seed"
        })
public final class AdapterInitCommand implements Runnable {
    /** Stands in until the tokenizer has seen the prompt. */
    private static final long FOUND_IN_THE_PROMPT = 0;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR|REPO", description = "The adapter; one that is pulled needs --output.")
    private FolderOrRepo adapter;

    @Mixin
    private ConventionOptions conventions;

    @Option(
            names = "--like",
            completionCandidates = KnownWords.Conventions.class,
            paramLabel = "NAME|F",
            description = "Take what no flag says from this sidecar, a file or the name of a published adapter.")
    private Optional<String> like = Optional.empty();

    @Option(
            names = "--model",
            paramLabel = "DIR|REPO",
            description = "Base model to check against; its weights are not read.")
    private Optional<FolderOrRepo> model = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "New folder for a copy of the adapter with its sidecar. Default: write into the adapter's own")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--force", description = "Write over a sidecar that is there.")
    private boolean force;

    @Override
    public void run() {
        checkPlace();
        Path folder = adapter.adapter();
        ModelSidecar sidecar = sidecar(folder);
        SidecarFit.adapter(folder, sidecar);
        ModelSidecar fitted =
                model.isPresent() ? checked(folder, sidecar, model.get().settings()) : sidecar;
        output.ifPresentOrElse(target -> copy(folder, fitted, target), () -> fitted.write(folder));
        report(fitted, output.orElse(folder));
    }

    /** Refuses what cannot be written, before anything is pulled or read. */
    private void checkPlace() {
        if (output.isPresent()) {
            NewFolder.requireFree(output.get());
            return;
        }
        if (adapter.repo().isPresent() || Snapshot.isAt(Path.of(adapter.given()))) {
            throw InputException.usage(
                    "--output is missing: %s lies in the cache that other programs use too; name a new folder for a copy",
                    adapter);
        }
        Path sidecar = Path.of(adapter.given()).resolve(ModelSidecar.FILE);
        if (!force && Files.exists(sidecar)) {
            throw InputException.data(
                    "%s: is there already: look at it with nla adapter inspect %s, or give --force to write over it",
                    sidecar, adapter);
        }
    }

    private ModelSidecar sidecar(Path folder) {
        BareAdapter bare = BareAdapter.read(folder);
        Optional<ModelSidecar> borrowed = like.map(given -> PublishedSidecars.find(given, folder));
        Role role = conventions.role(borrowed);
        if (borrowed.isEmpty()) {
            requireAll(bare, role);
        } else if (borrowed.get().role() != role) {
            throw InputException.usage(
                    "--role %s: the sidecar of --like is for the %s: take the other of the pair",
                    role.written(), borrowed.get().role().written());
        }
        ModelSidecarBuilder builder = borrowed.map(it -> it.toBuilder().withoutOther())
                .orElseGet(() -> ModelSidecar.builder(role, "", width(bare))
                        .chatTemplate(false)
                        .readout(
                                Files.exists(folder.resolve(PeftFolder.VALUE_HEAD))
                                        ? Readout.VALUE_HEAD
                                        : Readout.MARKER_HIDDEN));
        bare.baseModel().filter(name -> !name.isEmpty()).ifPresent(builder::baseModel);
        conventions.marker().ifPresent(text -> builder.marker(marker(bare, text)));
        conventions.put(builder);
        builder.origin(
                conventions.origin().or(borrowed.map(ModelSidecar::origin).orElse(ActivationOrigin.UNKNOWN)));
        return builder.other(
                        "created_by",
                        "nla adapter init" + like.map(name -> " --like " + name).orElse(""))
                .build();
    }

    private void requireAll(BareAdapter bare, Role role) {
        List<String> missing = conventions.missing(role);
        if (!missing.isEmpty()) {
            List<String> alike = bare.alike(role);
            throw InputException.usage(
                    "%s missing: say what the adapter was trained with, or take it from a sidecar with --like%s",
                    String.join(", ", missing) + (missing.size() == 1 ? " is" : " are"),
                    alike.isEmpty() ? "" : "; published adapters of this shape are " + String.join(", ", alike));
        }
    }

    private int width(BareAdapter bare) {
        return bare.width().orElseGet(() -> ModelConfig.read(model.orElseThrow(() -> InputException.usage(
                                "--model is missing: the adapter's factors do not tell the model's width"))
                        .settings())
                .hiddenSize());
    }

    /** The marker with its token: the one it is in the prompt, or as a published adapter of the same base model has it. */
    private MarkerTokens marker(BareAdapter bare, String text) {
        long id = model.isPresent() ? FOUND_IN_THE_PROMPT : knownToken(bare, text);
        return new MarkerTokens(text, id, OptionalLong.empty(), OptionalLong.empty());
    }

    private static long knownToken(BareAdapter bare, String text) {
        return bare.token(text)
                .orElseThrow(() -> InputException.usage(
                        "--model is missing: which token '%s' is, the base model's tokenizer tells; give %s",
                        text, bare.baseModel().orElse("its folder or repository")));
    }

    private ModelSidecar checked(Path folder, ModelSidecar sidecar, Path base) {
        ModelConfig config = ModelConfig.read(base);
        SidecarFit.base(folder, sidecar, config);
        ModelSidecar fitted;
        try (Tokenizer tokenizer = Tokenizer.open(base)) {
            fitted = SidecarFit.prompted(sidecar, config, tokenizer);
        }
        if (conventions.marker().isEmpty() && !token(fitted).equals(token(sidecar))) {
            throw InputException.data(
                    "--like %s: its marker is token %d, but this tokenizer gives %d: the base model is another one; give"
                            + " --marker where it is meant",
                    like.orElse(""), token(sidecar).orElseThrow(), token(fitted).orElseThrow());
        }
        return fitted;
    }

    private static Optional<Long> token(ModelSidecar sidecar) {
        return sidecar.marker().map(MarkerTokens::id);
    }

    private static void copy(Path folder, ModelSidecar sidecar, Path target) {
        NewFolder.make(target, made -> {
            for (Path file : files(folder)) {
                Files.copy(file, made.resolve(file.getFileName()));
            }
            sidecar.write(made);
        });
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> FileChoice.ADAPTER.takes(file.getFileName().toString()))
                    .filter(file -> !file.getFileName().toString().equals(ModelSidecar.FILE))
                    .toList();
        }
    }

    private void report(ModelSidecar sidecar, Path made) {
        spec.commandLine()
                .getOut()
                .printf(
                        "%s: %s of layer %s%s%n",
                        made.resolve(ModelSidecar.FILE),
                        sidecar.role() == Role.VERBALIZER ? "a verbalizer" : "a reconstructor",
                        sidecar.layer().isPresent() ? sidecar.layer().getAsInt() : "?",
                        sidecar.marker()
                                .map(it -> ", marker " + it.text() + " (token " + it.id() + ")")
                                .orElse(""));
        if (model.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("nla: not checked against base model and tokenizer, which --model would do");
        }
    }
}
