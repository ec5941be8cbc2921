package dev.nla.train.parts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.workers.PartWork;

/**
 * The gradient of the {@link ReconstructionLoss} of texts.
 *
 * @param reconstructor whose adapter learns
 * @param mode how the decoder is called
 */
public record ReconstructorGradient(Reconstructor reconstructor, ReconstructionLoss loss, Mode mode)
        implements PartWork<ReconstructorPart, PartGradient> {
    @Override
    public PartGradient on(ReconstructorPart part) {
        TorchRuntime.seed(part.seed());
        Decoder decoder = reconstructor.decoder();
        try (NDManager scope = decoder.manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NDArray vectors = reconstructor.reconstruct(scope, part.texts(), mode);
            NDArray share =
                    loss.sum(scope, vectors, part.targets(), part.neighbours()).div(scope.create((float) part.total()));
            double value = share.getFloat();
            decoder.backward(collector, share);
            return PartGradient.take(value, reconstructor.adapter().parameters());
        }
    }
}
