package dev.nla.eval.gap;

import dev.nla.model.InputException;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.gap.Negatives;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.TensorInfo;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A safetensors file of vectors to be scored: {@code activations} [N, d], {@code reconstructions} [N, G, d] or [N, d], and where they
 * are there {@code mean} [d], {@code legacy.negatives3}, {@code centered.negatives3} [N, 3], {@code legacy.neighbours},
 * {@code centered.neighbours} [N, 20].
 *
 * @param inputs the vectors; the mean is that of the activations where the file has none
 * @param meanGiven whether the file has one
 * @param drawn the drawn negatives that the file has
 * @param neighbours the neighbours that the file has
 */
public record ReconstructionsFile(
        GapInputs inputs, boolean meanGiven, Map<Form, Negatives> drawn, Map<Form, Negatives> neighbours) {
    /** Reads and checks the file. */
    public static ReconstructionsFile read(Path path) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            float[][] activations = activations(file);
            float[][][] reconstructions = reconstructions(file, activations);
            GapInputs inputs = new GapInputs(activations, reconstructions, mean(file, activations));
            return new ReconstructionsFile(
                    inputs,
                    file.has("mean"),
                    negatives(file, "negatives3", NegativeRule.THREE_OF_TWENTY, activations.length),
                    negatives(file, "neighbours", NegativeRule.ALL_TWENTY, activations.length));
        } catch (InputException e) {
            throw named(path, e);
        }
    }

    /** The same refusal with the file's name in front, where it is not there yet. */
    static InputException named(Path path, InputException e) {
        String message = e.getMessage();
        return message.startsWith(path.toString()) ? e : InputException.data(e, "%s: %s", path, message);
    }

    private static float[][] activations(SafetensorsFile file) {
        long[] shape = file.info("activations", -1, -1).shape();
        if (shape[0] < 2) {
            throw InputException.data(
                    "%s: tensor 'activations' has %d rows, expected at least 2", file.path(), shape[0]);
        }
        return rows(file, "activations", 0, Math.toIntExact(shape[0]), Math.toIntExact(shape[1]));
    }

    private static float[][][] reconstructions(SafetensorsFile file, float[][] activations) {
        int texts = activations.length;
        TensorInfo info = file.info("reconstructions");
        int d = activations[0].length;
        if (!info.hasShape(texts, d) && !info.hasShape(texts, -1, d)) {
            throw InputException.data(
                    "%s: tensor 'reconstructions' is %s, expected [%d, G, %d] or [%d, %d] to go with 'activations'",
                    file.path(), info.describe(), texts, d, texts, d);
        }
        int samples = info.shape().length == 2 ? 1 : Math.toIntExact(info.shape()[1]);
        float[][][] reconstructions = new float[texts][][];
        for (int i = 0; i < texts; i++) {
            reconstructions[i] = rows(file, "reconstructions", (long) i * samples, samples, d);
        }
        return reconstructions;
    }

    private static float[] mean(SafetensorsFile file, float[][] activations) {
        if (!file.has("mean")) {
            return GapInputs.mean(activations);
        }
        int d = activations[0].length;
        file.info("mean", d);
        return floats(file, "mean", 0, d);
    }

    private static float[][] rows(SafetensorsFile file, String name, long first, int count, int d) {
        float[][] rows = new float[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = floats(file, name, (first + i) * d, d);
        }
        return rows;
    }

    private static float[] floats(SafetensorsFile file, String name, long first, int count) {
        float[] values = new float[count];
        file.floats(name, first, values);
        return values;
    }

    private static Map<Form, Negatives> negatives(SafetensorsFile file, String kind, NegativeRule rule, int texts) {
        Map<Form, Negatives> found = new EnumMap<>(Form.class);
        for (Form form : Form.values()) {
            String name = form.key() + "." + kind;
            if (file.has(name)) {
                file.info(name, texts, rule.count());
                found.put(form, negatives(name, file.longs(name), rule.count()));
            }
        }
        return found;
    }

    private static Negatives negatives(String name, long[] flat, int width) {
        int[][] rows = new int[flat.length / width][width];
        for (int i = 0; i < flat.length; i++) {
            // Whatever does not fit into an int is out of range in any case, and is refused as that.
            rows[i / width][i % width] = (int) Math.max(-1, Math.min(Integer.MAX_VALUE, flat[i]));
        }
        try {
            return new Negatives(rows);
        } catch (InputException e) {
            throw InputException.data(e, "tensor '%s': %s", name, e.getMessage());
        }
    }

    /** The drawn negatives of a form, if the file has them. */
    Optional<Negatives> drawn(Form form) {
        return Optional.ofNullable(drawn.get(form));
    }

    /** The neighbours of a form, if the file has them. */
    Optional<Negatives> neighbours(Form form) {
        return Optional.ofNullable(neighbours.get(form));
    }
}
