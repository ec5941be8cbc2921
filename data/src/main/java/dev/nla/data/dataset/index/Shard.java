package dev.nla.data.dataset.index;

/**
 * Consecutive rows of a dataset in files of their own.
 *
 * @param firstRow the number of the first of them
 * @param rowCount how many they are
 * @param activations {@code activations}, float32 [rowCount, d]
 * @param rows their lines
 */
public record Shard(int firstRow, int rowCount, StoredFile activations, StoredFile rows) {}
