package dev.nla.data.reply;

import dev.nla.model.decoder.Decoder;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.workers.PartWork;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Has a base model reply: the tokens of each prompt's replies.
 *
 * @param samples replies to a prompt
 */
record ReplyWriting(Decoder decoder, Sampling sampling, int samples)
        implements PartWork<AlikePrompts, List<List<long[]>>> {
    @Override
    public List<List<long[]>> on(AlikePrompts prompts) {
        GenerationRequest request = new GenerationRequest(
                prompts.head(),
                prompts.rests(),
                new float[0][],
                0,
                samples,
                sampling,
                prompts.seeds(),
                decoder.config().eosSequences());
        List<long[]> written = decoder.generate(request, decoder.noAdapter()).stream()
                .map(Completion::tokens)
                .toList();
        return IntStream.range(0, prompts.rests().size())
                .mapToObj(i -> List.copyOf(written.subList(i * samples, (i + 1) * samples)))
                .toList();
    }
}
