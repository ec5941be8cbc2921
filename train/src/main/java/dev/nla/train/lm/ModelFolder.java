package dev.nla.train.lm;

import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.FlatWeights;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.train.config.LmConfig;
import dev.nla.train.optimizer.Updater;
import dev.nla.train.run.Provenance;
import dev.nla.train.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    private static final String PARAMETERS = "parameters.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";

    static ModelFolder open(LmConfig config) {
        config.run().threads().ifPresent(n -> System.setProperty("nla.threads", String.valueOf(n)));
        Path source = config.run().model();
        return new ModelFolder(
                source,
                ModelConfig.read(source),
                ComputeType.resolve(config.run().computeDtype().text()));
    }

    Provenance provenance(LmConfig config, Tokenizer tokenizer) {
        return Provenance.of(
                config,
                Map.of(
                        "model", Provenance.sha256(source.resolve("config.json")),
                        "tokenizer", tokenizer.sha256(),
                        "data", Provenance.sha256(config.run().data())),
                Map.of(
                        "torch", TorchRuntime.version(),
                        "compute_dtype", computeType.text(),
                        "torch_threads", String.valueOf(TorchRuntime.threads())));
    }

    /** Writes what a run goes on from, and the model as users load it under {@code model/}. */
    void save(Path checkpoint, FlatWeights weights, Updater updater) throws IOException {
        float[] values = weights.parameters().toFloatArray();
        SafetensorsWriter.write(
                checkpoint.resolve(PARAMETERS),
                Map.of(),
                List.of(TensorToWrite.floats("parameters", new long[] {values.length}, values)));
        updater.write(checkpoint.resolve(OPTIMIZER));
        Path model = Files.createDirectory(checkpoint.resolve(MODEL));
        copyFiles(source, model, name -> !name.endsWith(".safetensors"));
        weights.write(model.resolve(WEIGHTS));
    }

    /** Goes on from what {@link #save} wrote. */
    static void restore(Path checkpoint, FlatWeights weights, Updater updater) {
        try (SafetensorsFile file = SafetensorsFile.open(checkpoint.resolve(PARAMETERS))) {
            float[] values = file.floats("parameters");
            if (values.length != weights.parameters().size()) {
                throw InputException.data(
                        "%s holds %d numbers, expected %d: it is not of this run",
                        checkpoint.resolve(PARAMETERS),
                        values.length,
                        weights.parameters().size());
            }
            weights.set(values);
        }
        updater.read(checkpoint.resolve(OPTIMIZER));
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
