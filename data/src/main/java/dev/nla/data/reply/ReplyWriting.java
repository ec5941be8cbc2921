package dev.nla.data.reply;

import dev.nla.model.decoder.Decoder;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.workers.PartWork;
import java.util.List;

/**
 * Has a base model reply greedily: the tokens of each reply.
 *
 * @param maxNewTokens longest reply, in tokens
 */
record ReplyWriting(Decoder decoder, int maxNewTokens) implements PartWork<AlikePrompts, List<long[]>> {
    @Override
    public List<long[]> on(AlikePrompts prompts) {
        GenerationRequest request = new GenerationRequest(
                prompts.head(),
                prompts.rests(),
                new float[0][],
                0,
                1,
                Sampling.greedy(maxNewTokens),
                new long[prompts.rests().size()],
                decoder.config().eosSequences());
        return decoder.generate(request, decoder.noAdapter()).stream()
                .map(Completion::tokens)
                .toList();
    }
}
