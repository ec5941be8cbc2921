package dev.nla.eval.probe;

import dev.nla.data.dataset.Row;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.tokenizer.Message;
import dev.nla.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the base model itself answers, greedily, when it is shown a text as a user's message.
 *
 * @param maxNewTokens longest answer, in tokens
 */
public record ModelAnswers(Decoder decoder, Tokenizer tokenizer, int maxNewTokens) {
    private static final int AT_ONCE = 32;

    /** One answer a row. Prompts of one length are answered together. */
    public List<String> to(List<Row> rows) {
        Map<Integer, List<Integer>> byLength = new LinkedHashMap<>();
        List<long[]> prompts = rows.stream().map(this::prompt).toList();
        for (int i = 0; i < prompts.size(); i++) {
            byLength.computeIfAbsent(prompts.get(i).length, length -> new ArrayList<>())
                    .add(i);
        }
        String[] answers = new String[rows.size()];
        for (List<Integer> alike : byLength.values()) {
            for (int begin = 0; begin < alike.size(); begin += AT_ONCE) {
                List<Integer> batch = alike.subList(begin, Math.min(begin + AT_ONCE, alike.size()));
                List<Completion> written =
                        answer(batch.stream().map(prompts::get).toList());
                for (int i = 0; i < batch.size(); i++) {
                    answers[batch.get(i)] =
                            tokenizer.decode(written.get(i).tokens(), true).strip();
                }
            }
        }
        return Arrays.asList(answers);
    }

    private long[] prompt(Row row) {
        return tokenizer.encode(tokenizer.chatTemplate().render(List.of(new Message("user", row.text())), true));
    }

    private List<Completion> answer(List<long[]> prompts) {
        List<long[]> stops =
                decoder.config().eosIds().stream().map(id -> new long[] {id}).toList();
        GenerationRequest request = new GenerationRequest(
                new long[0],
                prompts,
                new float[0][],
                0,
                1,
                Sampling.greedy(maxNewTokens),
                new long[prompts.size()],
                stops);
        return decoder.generate(request, decoder.noAdapter());
    }
}
