package dev.nla.data.dataset;

/**
 * Consecutive rows of a dataset in files of their own.
 *
 * @param firstRow the number of the first of them
 * @param rowCount how many they are
 * @param activations {@code activations}, float32 [rowCount, d]
 * @param rows their lines
 */
record Shard(int firstRow, int rowCount, StoredFile activations, StoredFile rows) {}
