package dev.nla.eval.suite;

import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.data.extract.source.ActivationSource;
import dev.nla.data.neighbors.NeighborSearch;
import dev.nla.data.neighbors.Neighbors;
import dev.nla.eval.describe.Condition;
import dev.nla.eval.describe.Writer;
import dev.nla.eval.rows.EvaluatedRows;
import dev.nla.eval.text.DescriptionControls;
import dev.nla.eval.text.NoQuotesAndDigits;
import dev.nla.eval.text.Rewrite;
import dev.nla.eval.text.Rewritten;
import dev.nla.eval.text.Synonyms;
import dev.nla.eval.text.WordShuffle;
import dev.nla.model.verbalizer.Description;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The descriptions of every condition that can be had. */
final class Conditions {
    private final SuiteSettings settings;
    private final EvaluatedRows rows;
    private final long seed;
    private final Map<Condition, List<List<String>>> texts = new EnumMap<>(Condition.class);
    private final Map<String, String> omitted = new LinkedHashMap<>();

    Conditions(SuiteSettings settings, EvaluatedRows rows, long seed) {
        this.settings = settings;
        this.rows = rows;
        this.seed = seed;
    }

    /** Descriptions by condition, [N][G] each. */
    Map<Condition, List<List<String>>> texts() {
        return texts;
    }

    /** Conditions left out, with the reason. */
    Map<String, String> omitted() {
        return omitted;
    }

    /** What a verbalizer wrote, and what is made of its words. */
    void written(List<List<Description>> written) {
        List<List<String>> real = Writer.texts(written);
        texts.put(Condition.REAL, real);
        texts.put(Condition.SHUFFLED, DescriptionControls.shuffled(real, seed));
        offer(Condition.WORDS_SHUFFLED, () -> rewritten(real, new WordShuffle()));
        offer(Condition.NO_QUOTES_OR_DIGITS, () -> rewritten(real, new NoQuotesAndDigits()));
        offer(Condition.PARAPHRASE, () -> rewritten(real, new Synonyms()));
    }

    /** What the dataset has in words. */
    void fromRows(NeighborSearch search) {
        requireAll(Condition.SOURCE_TEXT, Row::text, "text")
                .ifPresent(each -> offer(Condition.SOURCE_TEXT, () -> each));
        requireAll(Condition.TRUE, Row::description, "description")
                .ifPresent(each -> offer(Condition.TRUE, () -> each));
        int[] train = Arrays.stream(rows.data().rowsOf(Split.TRAIN))
                .filter(row -> !rows.data().row(row).description().isBlank())
                .toArray();
        for (Condition condition : List.of(Condition.NEAREST_TRAIN, Condition.GENERIC)) {
            if (settings.wants(condition) && train.length == 0) {
                omitted.put(condition.key(), "no train row has a description");
            }
        }
        if (train.length > 0) {
            offer(Condition.NEAREST_TRAIN, () -> nearest(train, search));
            offer(
                    Condition.GENERIC,
                    () -> Collections.nCopies(
                            rows.size(), List.of(DescriptionControls.generic(descriptions(train), seed))));
        }
    }

    /** What the verbalizer writes for other vectors than the rows' activations. */
    void fromOtherVectors(Writer writer) {
        offer(Condition.MEAN_ACTIVATION, () -> everywhere(writer, rows.mean(), Condition.MEAN_ACTIVATION));
        offer(
                Condition.ZERO_ACTIVATION,
                () -> everywhere(writer, new float[rows.mean().length], Condition.ZERO_ACTIVATION));
        offer(
                Condition.RANDOM_ACTIVATION,
                () -> described(writer, ControlVectors.random(rows.activations(), seed), Condition.RANDOM_ACTIVATION));
    }

    /** What it writes for the activations of another block. */
    void fromWrongLayer(Writer writer, ActivationSource source, PromptEncoder prompts) {
        if (requireAll(Condition.WRONG_LAYER, Row::text, "text").isEmpty()) {
            return;
        }
        offer(
                Condition.WRONG_LAYER,
                () -> described(
                        writer,
                        ControlVectors.atLayer(rows, source, prompts, settings.wrongLayer()),
                        Condition.WRONG_LAYER));
    }

    /** Adds descriptions if the condition is asked for. */
    void offer(Condition condition, Supplier<List<List<String>>> descriptions) {
        if (settings.wants(condition)) {
            texts.put(condition, descriptions.get());
        }
    }

    /** The words of the train row whose activation is nearest by centred cosine. */
    private List<List<String>> nearest(int[] train, NeighborSearch search) {
        Neighbors found = search.nearest(rows.data(), rows.numbers(), train, 1, Optional.of(rows.mean()));
        return Arrays.stream(found.nearest())
                .map(nearest ->
                        List.of(rows.data().row(nearest[0]).description().strip()))
                .toList();
    }

    private List<String> descriptions(int[] numbers) {
        return Arrays.stream(numbers)
                .mapToObj(row -> rows.data().row(row).description().strip())
                .toList();
    }

    /** Samples are numbered through, so that each is rewritten by draws of its own. */
    private List<List<String>> rewritten(List<List<String>> texts, Rewrite rewrite) {
        int samples = texts.get(0).size();
        List<String> flat = rewrite.rewrite(texts.stream().flatMap(List::stream).toList(), seed).stream()
                .map(Rewritten::text)
                .toList();
        return IntStream.range(0, texts.size())
                .mapToObj(row -> flat.subList(row * samples, (row + 1) * samples))
                .toList();
    }

    private Optional<List<List<String>>> requireAll(Condition condition, Function<Row, String> text, String what) {
        Optional<Row> without =
                rows.rows().stream().filter(row -> text.apply(row).isBlank()).findFirst();
        if (without.isPresent()) {
            if (settings.wants(condition)) {
                omitted.put(condition.key(), "row " + without.get().id() + " has no " + what);
            }
            return Optional.empty();
        }
        return Optional.of(rows.rows().stream()
                .map(row -> List.of(text.apply(row).strip()))
                .toList());
    }

    private List<List<String>> everywhere(Writer writer, float[] vector, Condition condition) {
        List<List<String>> once = described(writer, new float[][] {vector}, condition);
        return Collections.nCopies(rows.size(), once.get(0));
    }

    private static List<List<String>> described(Writer writer, float[][] vectors, Condition condition) {
        return Writer.texts(writer.describe("describe " + condition.key(), vectors));
    }
}
