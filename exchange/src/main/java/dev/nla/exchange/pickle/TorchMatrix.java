package dev.nla.exchange.pickle;

import java.util.function.IntFunction;

/**
 * A float32 matrix to be saved.
 *
 * @param rows how many rows
 * @param width numbers in each
 * @param row gives a row by its number; asked for each twice, in order
 */
public record TorchMatrix(int rows, int width, IntFunction<float[]> row) {}
