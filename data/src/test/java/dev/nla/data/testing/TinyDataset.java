package dev.nla.data.testing;

import dev.nla.data.dataset.DatasetWriter;
import dev.nla.data.dataset.LabelledActivation;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.model.sidecar.DatasetSidecar;
import dev.nla.model.testing.TinyModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A dataset for the tiny model that can be learnt: an activation is the sum of a direction for a colour, one for a thing, a common offset
 * and some noise, and its description names both. 40 rows to train on, then 24 to validate and 8 to test; always the same numbers.
 */
public final class TinyDataset {
    /** The block that the activations are said to be of. */
    public static final int LAYER = 2;

    /** Rows. */
    public static final int ROWS = 72;

    private static final List<String> COLOURS = List.of("red", "blue", "old", "big", "wet");
    private static final List<String> THINGS = List.of("fox", "cup", "sky", "hat", "pen", "sea");

    private TinyDataset() {}

    /** Writes the dataset and returns its folder. */
    public static Path write(Path folder) {
        return write(folder, rows(), LAYER);
    }

    /** Writes rows that a test has changed, as activations of a layer. */
    public static Path write(Path folder, List<LabelledActivation> rows, int layer) {
        int width = rows.get(0).activation().length;
        DatasetSidecar sidecar = DatasetSidecar.of("tiny", rows.size(), "tiny", width, layer, Map.of());
        DatasetWriter.write(folder, sidecar, rows.iterator());
        return folder;
    }

    /** The rows, in memory. */
    public static List<LabelledActivation> rows() {
        Random random = new Random(7);
        float[][] colours = directions(COLOURS.size(), random);
        float[][] things = directions(THINGS.size(), random);
        float[] offset = directions(1, random)[0];
        return IntStream.range(0, ROWS)
                .mapToObj(i -> {
                    int colour = i * 7 % COLOURS.size();
                    int thing = i * 11 % THINGS.size();
                    float[] vector = new float[TinyModel.WIDTH];
                    for (int k = 0; k < vector.length; k++) {
                        vector[k] = 2 * offset[k]
                                + colours[colour][k]
                                + things[thing][k]
                                + (float) random.nextGaussian() / 4;
                    }
                    return new LabelledActivation(row(i, COLOURS.get(colour), THINGS.get(thing)), vector);
                })
                .toList();
    }

    private static Row row(int i, String colour, String thing) {
        Split split = i < 40 ? Split.TRAIN : i < 64 ? Split.VALIDATION : Split.TEST;
        String text = "the " + colour + " " + thing + " of place " + i;
        return new Row("row-" + i, "doc-" + i, text, 0, 4, colour, thing, colour + " " + thing, Map.of(), split);
    }

    private static float[][] directions(int count, Random random) {
        float[][] out = new float[count][TinyModel.WIDTH];
        for (float[] row : out) {
            for (int k = 0; k < row.length; k++) {
                row[k] = (float) random.nextGaussian();
            }
        }
        return out;
    }
}
