package dev.nla.eval.parity;

import dev.nla.model.InputException;
import dev.nla.model.safetensors.SafetensorsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The token rows of a golden file, padding taken off.
 *
 * @param rows B rows of their real length
 * @param width T, the padded length
 */
record GoldenTokens(List<long[]> rows, int width) {
    static GoldenTokens read(SafetensorsFile file) {
        int width = Math.toIntExact(file.info("input_ids", -1, -1).shape()[1]);
        long[] ids = file.longs("input_ids");
        long[] mask = new long[ids.length];
        Arrays.fill(mask, 1);
        if (file.has("attention_mask")) {
            file.info("attention_mask", ids.length / width, width);
            mask = file.longs("attention_mask");
        }
        List<long[]> rows = new ArrayList<>();
        for (int begin = 0; begin < ids.length; begin += width) {
            int end = begin;
            while (end < begin + width && mask[end] != 0) {
                end++;
            }
            for (int rest = end; rest < begin + width; rest++) {
                if (end == begin || mask[rest] != 0) {
                    throw InputException.data(
                            "%s: attention_mask of row %d is padded on the left or empty: padding on the right was expected",
                            file.path(), rows.size());
                }
            }
            rows.add(Arrays.copyOfRange(ids, begin, end));
        }
        return new GoldenTokens(List.copyOf(rows), width);
    }

    int size() {
        return rows.size();
    }
}
