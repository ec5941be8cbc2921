package dev.nla.data.extract.source;

import dev.nla.data.extract.source.ActivationSource.Batch;
import dev.nla.model.decoder.BlockwiseDecoder.Asked;
import dev.nla.model.decoder.Positions;
import dev.nla.model.decoder.TokenBatch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Texts as decoders read them: what all of a batch begin with stands before its rows. */
final class AskedTexts {
    private AskedTexts() {}

    static Asked of(Batch texts) {
        List<long[]> tokenIds = texts.tokenIds();
        int shared = shared(tokenIds, texts.positions());
        List<long[]> rows = tokenIds.stream()
                .map(ids -> Arrays.copyOfRange(ids, shared, ids.length))
                .toList();
        return new Asked(
                TokenBatch.of(Arrays.copyOf(tokenIds.get(0), shared), rows), places(texts.positions(), shared));
    }

    /** Length of the common beginning that holds no position; none where there is but one text. */
    private static int shared(List<long[]> tokenIds, int[][] positions) {
        if (tokenIds.size() == 1) {
            return 0;
        }
        long[] first = tokenIds.get(0);
        int shared = Arrays.stream(positions).mapToInt(at -> at[0]).min().orElseThrow();
        for (long[] ids : tokenIds) {
            int mismatch = Arrays.mismatch(first, 0, shared, ids, 0, shared);
            shared = mismatch < 0 ? shared : mismatch;
        }
        return shared;
    }

    private static Positions places(int[][] positions, int shared) {
        int[] rows = IntStream.range(0, positions.length)
                .flatMap(row -> IntStream.generate(() -> row).limit(positions[row].length))
                .toArray();
        int[] columns = Arrays.stream(positions)
                .flatMapToInt(Arrays::stream)
                .map(position -> position - shared)
                .toArray();
        return new Positions(rows, columns);
    }

    /** Numbers as vectors of length {@code d}. */
    static float[][] matrix(float[] flat, int d) {
        float[][] rows = new float[flat.length / d][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * d, (i + 1) * d));
        return rows;
    }
}
