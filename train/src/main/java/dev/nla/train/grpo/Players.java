package dev.nla.train.grpo;

import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.train.descriptions.DescriptionLoss;
import dev.nla.train.session.MemoryEstimate;
import java.util.Optional;

/**
 * Who takes part in policy optimization; closed together.
 *
 * @param folder the verbalizer that learns
 * @param reference what it began as
 * @param writer the base model that descriptions are written with
 * @param sampler samples descriptions of rows
 * @param policy learns from them
 * @param supervised the loss on the rows' own descriptions, where it has a weight
 * @param critic turns descriptions back into vectors
 * @param rewards says what they earn
 * @param heldOut measures on held-out rows
 */
record Players(
        VerbalizerFolder folder,
        LoraAdapter reference,
        RolloutModel writer,
        Sampler sampler,
        Policy policy,
        Optional<DescriptionLoss> supervised,
        RolloutCritic critic,
        Rewards rewards,
        HeldOutDescriptions heldOut)
        implements AutoCloseable {
    /** Bytes that are held beside what the policy's training needs. */
    long besides() {
        return writer.bytes()
                + sampler.bytes()
                + MemoryEstimate.fixedBytes(reference.layout().size())
                + critic.bytes();
    }

    @Override
    public void close() {
        critic.close();
        writer.close();
        reference.close();
        folder.verbalizer().adapter().close();
    }
}
