package dev.nla.train.lm;

import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.FlatWeights;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.train.config.LmConfig;
import dev.nla.train.optimizer.Updater;
import dev.nla.train.run.RunProvenance;
import dev.nla.train.session.BaseDecoder;
import dev.nla.train.session.Checkpointing;
import dev.nla.train.session.MadeFrom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The Hugging Face folder of a model in training: everything but the weights is taken over from the folder it began with.
 *
 * @param source holds {@code config.json} and the tokenizer
 * @param config its architecture
 * @param computeType the number type of matrix products
 */
record ModelFolder(Path source, ModelConfig config, ComputeType computeType) {
    static final String MODEL = "model";

    private static final String WEIGHTS = "model.safetensors";

    static ModelFolder open(LmConfig config) {
        BaseDecoder.useThreads(config.run());
        Path source = config.run().model().folder();
        return new ModelFolder(source, ModelConfig.read(source), BaseDecoder.computeType(config.run()));
    }

    RunProvenance provenance(LmConfig config, Tokenizer tokenizer) {
        return MadeFrom.provenance(config, tokenizer, computeType);
    }

    /** Writes what a run goes on from, and the model as users load it under {@code model/}. */
    void save(Path checkpoint, FlatWeights weights, Updater updater) throws IOException {
        Checkpointing.save(checkpoint, "", weights.parameters(), updater);
        Path model = Files.createDirectory(checkpoint.resolve(MODEL));
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.filter(ModelFolder::isTakenOver).toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
        weights.write(model.resolve(WEIGHTS));
    }

    private static boolean isTakenOver(Path file) {
        return Files.isRegularFile(file) && !file.toString().endsWith(".safetensors");
    }
}
