package dev.nla.train.lm;

import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.FlatWeights;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.train.config.LmConfig;
import dev.nla.train.optimizer.Updater;
import dev.nla.train.run.Provenance;
import dev.nla.train.run.TrainingRun;
import dev.nla.train.session.Checkpointing;
import dev.nla.train.session.TrainingInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The Hugging Face folder of a model in training: everything but the weights is taken over from the folder it began with.
 *
 * @param source holds {@code config.json} and the tokenizer
 * @param config its architecture
 * @param computeType the number type of matrix products
 */
record ModelFolder(Path source, ModelConfig config, ComputeType computeType) {
    private static final String MODEL = "model";
    private static final String WEIGHTS = "model.safetensors";

    static ModelFolder open(LmConfig config) {
        TrainingInputs.useThreads(config.run());
        Path source = config.run().model();
        return new ModelFolder(source, ModelConfig.read(source), TrainingInputs.computeType(config.run()));
    }

    Provenance provenance(LmConfig config, Tokenizer tokenizer) {
        return TrainingInputs.provenance(config, tokenizer, computeType);
    }

    /** Writes what a run goes on from, and the model as users load it under {@code model/}. */
    void save(Path checkpoint, FlatWeights weights, Updater updater) throws IOException {
        Checkpointing.save(checkpoint, "", weights.parameters(), updater);
        Path model = Files.createDirectory(checkpoint.resolve(MODEL));
        copyFiles(source, model, name -> !name.endsWith(".safetensors"));
        weights.write(model.resolve(WEIGHTS));
    }

    /** Makes {@code model/} from the best checkpoint. */
    static Path publishBest(TrainingRun run) {
        Path best = run.bestCheckpoint()
                .orElseThrow(() -> InputException.data(
                        "%s: no evaluation gave a finite eval_loss, so there is no best model: lower learning_rate",
                        run.directory()));
        return run.publish(MODEL, target -> copyFiles(best.resolve(MODEL), target, name -> true));
    }

    private static void copyFiles(Path from, Path to, Predicate<String> wanted) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (wanted.test(file.getFileName().toString())) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }
}
