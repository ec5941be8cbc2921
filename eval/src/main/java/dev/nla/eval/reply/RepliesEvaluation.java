package dev.nla.eval.reply;

import dev.nla.data.dataset.Row;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.reply.AboutToSay;
import dev.nla.data.reply.KeptReplies;
import dev.nla.data.reply.ModelReplies;
import dev.nla.data.reply.ReadText;
import dev.nla.eval.describe.EvaluationProgress;
import dev.nla.model.workers.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Has a model go on from where rows' activations were taken, and holds their descriptions against that.
 *
 * @param model the base model
 * @param style how it is shown the rows' texts
 * @param samples continuations that are drawn for a row, beside the likeliest
 * @param seed of what is drawn
 * @param workers have the model write
 */
public record RepliesEvaluation(
        ModelReplies model, PromptStyle style, int samples, long seed, Workers workers, EvaluationProgress progress) {

    /**
     * Measures descriptions. Rows that say nothing of the kind, or whose text is read back as other tokens, are left out.
     *
     * @param rows N of them
     * @param descriptions one of each, [N]
     * @throws dev.nla.model.InputException where no rows of two documents are left
     */
    public RepliesReport measure(List<Row> rows, List<String> descriptions, BorneOut measure) {
        List<Optional<String>> said = descriptions.stream().map(AboutToSay::in).toList();
        int[] asked = IntStream.range(0, rows.size())
                .filter(i -> said.get(i).isPresent())
                .toArray();
        BorneOut.requireDocuments(
                IntStream.of(asked).mapToObj(i -> rows.get(i).docId()).toList());
        List<ReadText> texts = IntStream.of(asked)
                .mapToObj(rows::get)
                .map(row -> ReadText.at(row.text(), row.position(), style))
                .toList();
        List<Optional<String>> greedy =
                model.to(texts, KeptReplies.inMemory(), workers, done -> progress.at("go on", done, texts.size()));
        List<List<String>> drawn =
                model.drawn(texts, samples, seed, workers, done -> progress.at("go on, drawn", done, texts.size()));
        List<SaidRow> held = new ArrayList<>();
        for (int k = 0; k < asked.length; k++) {
            if (greedy.get(k).isPresent()) {
                held.add(new SaidRow(
                        rows.get(asked[k]).docId(),
                        said.get(asked[k]).orElseThrow(),
                        greedy.get(k).get(),
                        drawn.get(k)));
            }
        }
        return measure.measure(rows.size(), held);
    }
}
