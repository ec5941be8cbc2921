package dev.nla.data.neighbors;

import java.util.Arrays;

/**
 * The rows that can still be among the k nearest of one row, given cosines that are a little off. It keeps whatever is within
 * {@link #SLACK} of the k-th largest cosine seen, which is more than float32 rounding can move one.
 */
final class CloseRows {
    /** Twice the error that is allowed for: the products of unit vectors in float32 are off by about 1e-6. */
    static final float SLACK = 2e-5f;

    /** The k largest cosines, a heap with the smallest on top. */
    private final float[] largest;

    private int filled;
    private int[] rows = new int[64];
    private float[] cosines = new float[64];
    private int size;

    CloseRows(int k) {
        largest = new float[k];
    }

    void offer(int row, float cosine) {
        if (cosine < bar()) {
            return;
        }
        if (size == rows.length) {
            makeRoom();
        }
        rows[size] = row;
        cosines[size++] = cosine;
        keep(cosine);
    }

    /** The row numbers kept, in the order they were offered. */
    int[] rows() {
        dropFar();
        return Arrays.copyOf(rows, size);
    }

    private float bar() {
        return filled < largest.length ? Float.NEGATIVE_INFINITY : largest[0] - SLACK;
    }

    private void makeRoom() {
        dropFar();
        if (size > rows.length / 2) {
            rows = Arrays.copyOf(rows, 2 * rows.length);
            cosines = Arrays.copyOf(cosines, 2 * cosines.length);
        }
    }

    private void dropFar() {
        float bar = bar();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (cosines[i] >= bar) {
                rows[kept] = rows[i];
                cosines[kept++] = cosines[i];
            }
        }
        size = kept;
    }

    private void keep(float cosine) {
        if (filled < largest.length) {
            siftUp(filled++, cosine);
        } else if (cosine > largest[0]) {
            siftDown(cosine);
        }
    }

    private void siftUp(int at, float cosine) {
        int i = at;
        while (i > 0 && largest[(i - 1) / 2] > cosine) {
            largest[i] = largest[(i - 1) / 2];
            i = (i - 1) / 2;
        }
        largest[i] = cosine;
    }

    private void siftDown(float cosine) {
        int i = 0;
        for (int child = 1; child < filled; child = 2 * i + 1) {
            if (child + 1 < filled && largest[child + 1] < largest[child]) {
                child++;
            }
            if (largest[child] >= cosine) {
                break;
            }
            largest[i] = largest[child];
            i = child;
        }
        largest[i] = cosine;
    }
}
