package dev.nla.train.lm;

import dev.nla.model.decoder.Decoder;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.train.lm.Conversations.Turn;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the model answers now, for people to look at. */
record Answers(String request, String expected, String written) {
    private static final int LONGEST = 64;

    static Answers of(Decoder decoder, Tokenizer tokenizer, Turn turn) {
        GenerationRequest request = new GenerationRequest(
                new long[0],
                List.of(turn.request()),
                new float[0][],
                0,
                1,
                Sampling.greedy(LONGEST),
                new long[1],
                decoder.config().eosSequences());
        Completion completion = decoder.generate(request, decoder.noAdapter()).get(0);
        long[] answer = Arrays.copyOfRange(turn.tokens(), turn.answerStart(), turn.tokens().length);
        return new Answers(
                tokenizer.decode(turn.request(), true),
                tokenizer.decode(answer, true),
                tokenizer.decode(completion.tokens(), true));
    }

    Map<String, Object> line(int step) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("request", request);
        line.put("expected", expected);
        line.put("answer", written);
        return line;
    }
}
