package dev.nla.train.session;

import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.injection.VerbalizerPrompt;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.train.parts.MicroBatches;
import java.util.Collection;
import java.util.List;

/**
 * What a run would do, worked out without starting it.
 *
 * @param trainRows rows trained on
 * @param heldOutRows validation rows of each evaluation
 * @param totalSteps optimizer steps
 * @param trainableParameters numbers in the adapter
 * @param memoryBytes estimated peak, see {@link MemoryEstimate}
 * @param prompt the first prompt as the model reads it
 * @param markerPosition position of the marker in the prompt in tokens, from 0; -1 where the prompt has none
 * @param promptTokens length of the prompt in tokens
 * @param warnings what needs attention, see {@link DataWarnings}
 */
public record TrainingPlan(
        int trainRows,
        int heldOutRows,
        int totalSteps,
        long trainableParameters,
        long memoryBytes,
        String prompt,
        int markerPosition,
        int promptTokens,
        List<String> warnings) {
    /** The same with things that need attention. */
    public TrainingPlan with(List<String> lines) {
        return new TrainingPlan(
                trainRows,
                heldOutRows,
                totalSteps,
                trainableParameters,
                memoryBytes,
                prompt,
                markerPosition,
                promptTokens,
                lines);
    }

    /**
     * The plan of a verbalizer's training.
     *
     * @param mode how the decoder is called in training
     * @param parts what goes through the model at a time
     * @param responseTokens tokens of the longest description
     * @param besides bytes that are held beside what training needs
     */
    public static TrainingPlan of(
            TrainingData data,
            int totalSteps,
            Verbalizer verbalizer,
            Mode mode,
            MicroBatches parts,
            int responseTokens,
            long besides) {
        VerbalizerPrompt prompt = verbalizer.prompt();
        ModelConfig config = verbalizer.decoder().config();
        int suffix = prompt.suffix().length;
        int prefix = prompt.prefix().length;
        long batchRows = Math.max(1, Math.min(parts.rows(), parts.tokens() / (suffix + responseTokens)));
        MemoryEstimate work = new MemoryEstimate(
                batchRows,
                suffix + responseTokens,
                prefix,
                Math.min(batchRows * responseTokens, Decoder.LOGITS_AT_ONCE / config.vocabularySize() + 1),
                config.layers(),
                mode == Mode.RECOMPUTING);
        return of(
                data,
                totalSteps,
                verbalizer.decoder(),
                verbalizer.adapter(),
                work,
                besides,
                prompt.text(),
                prompt.markerPosition(),
                prefix + suffix);
    }

    /**
     * The plan of a reconstructor's training.
     *
     * @param mode how the decoder is called in training
     * @param batchRows descriptions in one forward and backward pass
     * @param descriptions all of them, in the order of training rows
     */
    public static TrainingPlan of(
            TrainingData data,
            int totalSteps,
            Reconstructor reconstructor,
            Mode mode,
            int batchRows,
            Collection<String> descriptions) {
        int longest = descriptions.stream()
                .mapToInt(text -> reconstructor.tokens(text).length)
                .max()
                .orElseThrow();
        String first = descriptions.iterator().next();
        int tokens = reconstructor.tokens(first).length;
        return of(
                data,
                totalSteps,
                reconstructor.decoder(),
                reconstructor.adapter(),
                new MemoryEstimate(batchRows, longest, 0, 0, reconstructor.layer() + 1, mode == Mode.RECOMPUTING),
                0,
                reconstructor.prompt(first),
                reconstructor.readOut() == Readout.MARKER_HIDDEN ? tokens - 1 : -1,
                tokens);
    }

    private static TrainingPlan of(
            TrainingData data,
            int totalSteps,
            Decoder decoder,
            LoraAdapter adapter,
            MemoryEstimate work,
            long besides,
            String prompt,
            int markerPosition,
            int promptTokens) {
        long parameters = adapter.layout().size();
        return new TrainingPlan(
                data.trainRows().length,
                data.heldOutRows().length,
                totalSteps,
                parameters,
                work.bytes(decoder.config(), decoder.computeType(), decoder.baseType(), parameters) + besides,
                prompt,
                markerPosition,
                promptTokens,
                List.of());
    }
}
