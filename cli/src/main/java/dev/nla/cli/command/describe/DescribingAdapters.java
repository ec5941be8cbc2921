package dev.nla.cli.command.describe;

import dev.nla.bulk.Confidence;
import dev.nla.bulk.NamedVerbalizer;
import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.cli.option.BaseModel;
import dev.nla.cli.option.BorrowedSidecars;
import dev.nla.cli.option.FolderOrRepo;
import dev.nla.cli.option.KnownWords;
import dev.nla.cli.option.SamplingOptions;
import dev.nla.data.digest.Sha256;
import dev.nla.model.InputException;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.ModelSidecarBuilder;
import dev.nla.model.sidecar.Role;
import dev.nla.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that say who describes activations and who judges the words. */
public final class DescribingAdapters {
    @Option(
            names = {"--verbalizer", "--adapter"},
            required = true,
            paramLabel = "DIR|REPO",
            description =
                    "Verbalizer adapter, a folder, or a repository that is pulled. Given several times, each describes every activation.")
    private List<FolderOrRepo> verbalizers = new ArrayList<>();

    @Option(
            names = "--reconstructor",
            paramLabel = "DIR|REPO",
            description =
                    "Reconstructor adapter that turns each description back into a vector, to tell how near it is.")
    private Optional<FolderOrRepo> reconstructor = Optional.empty();

    @Mixin
    private BorrowedSidecars sidecars;

    @Option(
            names = "--layer",
            paramLabel = "L",
            description = "The block whose output is described, from 0. Default: the adapter's own")
    private Optional<Integer> layer = Optional.empty();

    @Option(
            names = "--av-prompt",
            completionCandidates = KnownWords.PromptStyles.class,
            paramLabel = "STYLE",
            description = "How the verbalizer is asked: chat or raw. Default: as the adapter was trained")
    private Optional<String> verbalizerPrompt = Optional.empty();

    @Mixin
    private ConfidenceOptions confidence;

    /**
     * The adapters that were given, their folders found but their weights not read.
     *
     * @param verbalizers by name, as they were given
     * @param reconstructor where there is one
     * @param calibrations of each verbalizer with it, where confidence is asked for
     */
    record Chosen(
            Map<FolderOrRepo, AdapterFolder> verbalizers,
            Optional<AdapterFolder> reconstructor,
            Map<FolderOrRepo, ClaimCalibration> calibrations) {
        /** What the first verbalizer was trained with. */
        ModelSidecar sidecar() {
            return verbalizers.values().iterator().next().sidecar();
        }

        /** Refuses adapters that are of another model or of another block than the one whose outputs are described. */
        void check(ModelConfig config, OptionalInt block) {
            verbalizers.values().forEach(each -> each.check(config, block));
            reconstructor.ifPresent(each -> each.check(config, block));
        }
    }

    /** Finds the adapters; refuses what does not go together. */
    Chosen choose(SamplingOptions sampling) {
        Map<FolderOrRepo, AdapterFolder> writing = new LinkedHashMap<>();
        for (FolderOrRepo given : verbalizers) {
            if (writing.put(given, asked(given, sidecars.of(given, Role.VERBALIZER))) != null) {
                throw InputException.usage("--verbalizer %s: is given twice", given);
            }
        }
        Optional<AdapterFolder> reading = reconstructor.map(given -> sidecars.of(given, Role.RECONSTRUCTOR));
        sidecars.checkAllLent();
        checkOneLayer(writing);
        Map<FolderOrRepo, ClaimCalibration> calibrations = new LinkedHashMap<>();
        writing.forEach((given, folder) ->
                confidence.calibration(sampling, folder, reading).ifPresent(known -> calibrations.put(given, known)));
        return new Chosen(writing, reading, calibrations);
    }

    /** Reads the weights of the adapters. */
    List<NamedVerbalizer> load(Chosen chosen, BaseModel model, Decoder decoder, Tokenizer tokenizer) {
        Optional<ReconstructorFolder> critic =
                chosen.reconstructor().map(given -> ReconstructorFolder.read(given, decoder, tokenizer));
        List<NamedVerbalizer> loaded = new ArrayList<>();
        chosen.verbalizers()
                .forEach((given, folder) -> loaded.add(new NamedVerbalizer(
                        given.toString(),
                        VerbalizerFolder.read(folder, decoder, tokenizer),
                        critic,
                        reconstructor.map(FolderOrRepo::toString).orElse(""),
                        Optional.ofNullable(chosen.calibrations().get(given))
                                .map(known -> new Confidence(
                                        known,
                                        model.weightsFingerprint(),
                                        confidence.search(),
                                        confidence.threshold())))));
        return loaded;
    }

    /** Everything that words depend on by these flags, by name. */
    Map<String, String> inputs(Chosen chosen) {
        Map<String, String> inputs = new TreeMap<>();
        chosen.verbalizers()
                .forEach((given, folder) -> inputs.put("verbalizer " + given, Sha256.ofTree(folder.path())));
        chosen.reconstructor().ifPresent(folder -> inputs.put("reconstructor", Sha256.ofTree(folder.path())));
        inputs.put("like", String.valueOf(sidecars.provenance()));
        inputs.put("av prompt", verbalizerPrompt.orElse("own"));
        if (!chosen.calibrations().isEmpty()) {
            inputs.put("confidence", "search " + confidence.search() + ", withheld below " + confidence.threshold());
        }
        return inputs;
    }

    private static void checkOneLayer(Map<FolderOrRepo, AdapterFolder> writing) {
        Set<Integer> layers = new HashSet<>();
        writing.values().forEach(folder -> folder.sidecar().layer().ifPresent(layers::add));
        if (layers.size() > 1) {
            throw InputException.usage(
                    "--verbalizer: these adapters are of several layers (%s), and activations are of one: describe once for each",
                    layers.stream()
                            .sorted()
                            .map(String::valueOf)
                            .reduce((a, b) -> a + ", " + b)
                            .orElseThrow());
        }
    }

    /** The adapter with what the flags say in place of what its sidecar says. */
    private AdapterFolder asked(FolderOrRepo given, AdapterFolder folder) {
        ModelSidecar own = folder.sidecar();
        ModelSidecarBuilder changed = own.toBuilder();
        verbalizerPrompt.ifPresent(style -> changed.chatTemplate(chat(style)));
        layer.ifPresent(block -> {
            if (own.layer().isPresent() && own.layer().getAsInt() != block) {
                throw InputException.data(
                        "--layer %d: the adapter %s is of layer %d: leave out --layer, or take an adapter of that layer",
                        block, given, own.layer().getAsInt());
            }
            if (block < 0) {
                throw InputException.usage("--layer %d: layers count from 0", block);
            }
            changed.layer(block);
        });
        return new AdapterFolder(folder.path(), changed.build());
    }

    private static boolean chat(String style) {
        return switch (style) {
            case "chat" -> true;
            case "raw" -> false;
            default -> throw InputException.usage("--av-prompt %s: chat or raw was expected", style);
        };
    }
}
