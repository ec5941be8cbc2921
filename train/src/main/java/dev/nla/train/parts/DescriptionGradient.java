package dev.nla.train.parts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.model.workers.PartWork;

/**
 * The gradient of the verbalizer's cross-entropy on descriptions, in nats a token; its loss is without the weight.
 *
 * @param mode how the decoder is called
 */
public record DescriptionGradient(Verbalizer verbalizer, Mode mode) implements PartWork<DescriptionPart, PartGradient> {
    @Override
    public PartGradient on(DescriptionPart part) {
        TorchRuntime.seed(part.seed());
        Decoder decoder = verbalizer.decoder();
        LoraAdapter adapter = verbalizer.adapter();
        try (NDManager scope = decoder.manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NDArray loss = part.responses()
                    .score(scope, verbalizer, adapter, 1, false, mode)
                    .logProbabilities()
                    .sum()
                    .div(scope.create((float) (-part.stepTokens() / part.weight())));
            double value = loss.getFloat() / part.weight();
            decoder.backward(collector, loss);
            return PartGradient.take(value, adapter.parameters());
        }
    }
}
