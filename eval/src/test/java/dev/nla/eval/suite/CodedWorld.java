package dev.nla.eval.suite;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.DatasetWriter;
import dev.nla.data.dataset.LabelledActivation;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.eval.text.Synonyms;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A world in which it is known what descriptions mean: a row has one word of each of four lists, its activation is the sum of the words'
 * vectors with a little noise, and its description names the words.
 */
final class CodedWorld {
    static final int DIMENSION = 48;
    private static final int ROWS = 480;
    private static final int ROWS_PER_DOCUMENT = 4;
    private static final List<List<String>> LISTS = List.of(
            List.of("car", "ship", "road", "stone", "house", "gift"),
            List.of("doctor", "child", "teacher", "lawyer", "thief", "friend"),
            List.of("happy", "big", "fast", "quiet", "wealthy", "smart"),
            List.of("forest", "ocean", "hill", "city", "shop", "yard"));

    private final Map<String, float[]> vectors = new HashMap<>();
    private final Map<String, float[]> meanings = new HashMap<>();
    private final List<LabelledActivation> rows = new ArrayList<>();

    CodedWorld() {
        Random random = new Random(3);
        Synonyms synonyms = new Synonyms();
        LISTS.stream().flatMap(List::stream).forEach(word -> {
            float[] vector = gaussian(random, 1);
            vectors.put(word, vector);
            meanings.put(word, vector);
            meanings.put(synonyms.rewrite(word, 0, 0).text().toLowerCase(Locale.ROOT), vector);
        });
        for (int i = 0; i < ROWS; i++) {
            List<String> words = LISTS.stream()
                    .map(list -> list.get(random.nextInt(list.size())))
                    .toList();
            float[] activation = gaussian(random, 0.2);
            words.forEach(word -> add(activation, vectors.get(word)));
            rows.add(new LabelledActivation(row(i, words), activation));
        }
    }

    private static Row row(int i, List<String> words) {
        String text = "a text about " + String.join(" and ", words);
        Map<String, Object> facts =
                IntStream.range(0, 4).boxed().collect(Collectors.toMap(k -> "word" + k, k -> (Object) words.get(k)));
        return new Row(
                "row-" + i,
                "document-" + i / ROWS_PER_DOCUMENT,
                text,
                0,
                0,
                "",
                "",
                String.join(" ", words),
                facts,
                i < ROWS / 2 ? Split.TRAIN : Split.TEST);
    }

    /** The world as a dataset; the caller closes it. */
    ActivationDataset dataset(Path folder) {
        DatasetWriter.write(folder, DatasetSidecar.of("coded", ROWS, "none", DIMENSION, 0, Map.of()), rows.iterator());
        return ActivationDataset.open(folder);
    }

    /** The description of the row whose activation this is, or the nearest to it. */
    String describe(float[] vector) {
        return rows.stream()
                .min(Comparator.comparingDouble(row -> distance(row.activation(), vector)))
                .orElseThrow()
                .row()
                .description();
    }

    /** Whether this is a row's activation. */
    boolean has(float[] vector) {
        return rows.stream().anyMatch(row -> Arrays.equals(row.activation(), vector));
    }

    /** Knows what words mean, so that a synonym is as good as the word. */
    float[][] readMeaning(List<String> texts, IntConsumer done) {
        return read(texts, meanings);
    }

    /** Knows the very words alone. */
    float[][] readCode(List<String> texts, IntConsumer done) {
        return read(texts, vectors);
    }

    private static float[][] read(List<String> texts, Map<String, float[]> known) {
        return texts.stream()
                .map(text -> {
                    float[] sum = new float[DIMENSION];
                    Arrays.fill(sum, 1e-3f);
                    Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\W+"))
                            .filter(known::containsKey)
                            .forEach(word -> add(sum, known.get(word)));
                    return sum;
                })
                .toArray(float[][]::new);
    }

    private static float[] gaussian(Random random, double scale) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (scale * random.nextGaussian());
        }
        return vector;
    }

    private static void add(float[] to, float[] vector) {
        for (int i = 0; i < to.length; i++) {
            to[i] += vector[i];
        }
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
