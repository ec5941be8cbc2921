package dev.nla.cli;

import dev.nla.model.decoder.Decoder;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.LoraLayout;
import dev.nla.model.lora.LoraSpec;
import java.util.SplittableRandom;

/** Adapters to compare with. */
final class RandomAdapter {
    private RandomAdapter() {}

    /** An adapter whose every factor is drawn at random, so that none can be left out unseen. */
    static LoraAdapter of(Decoder decoder, LoraSpec spec, boolean valueHead) {
        try (LoraAdapter fresh = LoraAdapter.create(decoder.manager(), decoder.config(), spec, valueHead, 3)) {
            float[] values = fresh.parameters().toFloatArray();
            SplittableRandom random = new SplittableRandom(7);
            for (LoraLayout.Factor factor : fresh.layout().factors()) {
                for (int i = 0; factor.side() == LoraLayout.Side.B && i < factor.size(); i++) {
                    values[factor.offset() + i] = (float) (0.1 * random.nextDouble() - 0.05);
                }
            }
            for (int i = fresh.layout().valueHeadOffset(); i < values.length; i++) {
                values[i] += (float) (0.1 * random.nextDouble() - 0.05);
            }
            return LoraAdapter.of(decoder.manager(), decoder.config(), spec, valueHead, values);
        }
    }
}
