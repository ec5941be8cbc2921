package dev.nla.cli.command;

import dev.nla.cli.option.Hub;
import dev.nla.cli.option.KnownWords;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.data.dataset.DatasetWriter;
import dev.nla.remote.hub.FileChoice;
import dev.nla.remote.hub.HubSettings;
import dev.nla.remote.hub.Repo;
import dev.nla.remote.hub.RepoType;
import dev.nla.remote.hub.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nla pull}: a model or dataset from a Hugging Face hub into the shared cache. */
@Command(
        name = "pull",
        description = {
            "Pulls a model or dataset from a Hugging Face hub and prints the folder it is in.",
            "The folder is that of huggingface_hub's own cache: what either pulled, the other finds. A pull that broke off goes on "
                    + "where it was. HF_ENDPOINT, HF_TOKEN, HF_HOME, HF_HUB_CACHE and HF_HUB_OFFLINE mean what they mean there."
        },
        footer = {
            "",
            "Example:",
            "  nla pull HuggingFaceTB/SmolLM2-135M-Instruct",
            "  nla describe --model \"$(nla pull HuggingFaceTB/SmolLM2-135M-Instruct)\" \\",
            "    --verbalizer runs/smollm2-135m/hardneg/adapter \\",
            "    --text \"The river froze early that year.\""
        })
public final class PullCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "REPO[@REV]",
            description = "organisation/name, and a branch, tag or commit. Default: main")
    private String repo;

    @Option(
            names = "--repo-type",
            completionCandidates = KnownWords.RepoTypes.class,
            paramLabel = "TYPE",
            defaultValue = "model",
            description = "model or dataset. Default: ${DEFAULT-VALUE}")
    private String type;

    @Option(
            names = "--include",
            paramLabel = "GLOB",
            description =
                    "Files to pull, * also across folders; may be repeated. Default: of a model its safetensors, tokenizer and "
                            + "settings, of a dataset all")
    private List<String> include = List.of();

    @Option(names = "--exclude", paramLabel = "GLOB", description = "Files to leave out of those; may be repeated.")
    private List<String> exclude = List.of();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "New folder to copy the files to. Default: the cache's own, of links")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--cache-dir", paramLabel = "DIR", description = "Default: HF_HUB_CACHE, else HF_HOME/hub")
    private Optional<Path> cache = Optional.empty();

    @Option(names = "--endpoint", paramLabel = "URL", description = "Default: HF_ENDPOINT, else huggingface.co")
    private Optional<String> endpoint = Optional.empty();

    @Override
    public void run() {
        Repo wanted = Repo.parse(RepoType.parse(type), repo);
        FileChoice choice = FileChoice.of(wanted.type(), include, exclude);
        Hub hub = new Hub(System.getenv(), () -> spec.commandLine().getErr());
        HubSettings settings = hub.settings(endpoint, cache);
        output.ifPresent(DatasetWriter::checkFree);
        Snapshot snapshot = hub.pull(settings, wanted, choice);
        output.ifPresent(snapshot::copyTo);
        hub.report(wanted, snapshot);
        spec.commandLine().getOut().println(output.orElse(snapshot.folder()));
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("the same command goes on where it was");
    }
}
