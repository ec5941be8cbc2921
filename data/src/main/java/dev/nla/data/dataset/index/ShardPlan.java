package dev.nla.data.dataset.index;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.util.Locale;

/**
 * Which files the rows of a dataset come into: one pair of files as long as they fit, else shards of so many rows, all but the last full.
 *
 * @param rows in all
 * @param shardRows most rows of a shard
 */
public record ShardPlan(int rows, int shardRows) {
    /** The file of activations, where there is one alone. */
    public static final String ACTIVATIONS = "activations.safetensors";
    /** The file of rows, where there is one alone. */
    public static final String ROWS = "rows.jsonl";
    /** Rows of a shard where nothing else is said: a dataset of more than these is written in shards. */
    public static final int SHARD_ROWS = 65_536;

    /** An {@link InputException} where a shard would have no rows. */
    public ShardPlan {
        if (shardRows < 1) {
            throw InputException.usage("%s %d: at least 1 was expected", Key.of("shard_rows"), shardRows);
        }
    }

    /** Whether there is more than one shard, and so an index. */
    public boolean sharded() {
        return rows > shardRows;
    }

    /** How many pairs of files there are. */
    public int shards() {
        return sharded() ? (rows - 1) / shardRows + 1 : 1;
    }

    /** The first row of shard {@code shard}, from 0. */
    public int firstRow(int shard) {
        return shard * shardRows;
    }

    /** The rows of shard {@code shard}. */
    public int rowCount(int shard) {
        return sharded() ? Math.min(shardRows, rows - firstRow(shard)) : rows;
    }

    /** The name of a shard's file of activations. */
    public String activations(int shard) {
        return sharded() ? "activations" + number(shard) + ".safetensors" : ACTIVATIONS;
    }

    /** The name of a shard's file of rows, in the first version of them. */
    public String rows(int shard) {
        return rows(shard, 1);
    }

    /** The name of a shard's file of rows, which are written anew under another name whenever they change. */
    public String rows(int shard, int version) {
        return sharded() ? "rows" + number(shard) + mark(version) + ".jsonl" : ROWS;
    }

    /** The name of the table of all rows. */
    public String table(int version) {
        return "rows-table" + mark(version) + ".safetensors";
    }

    /** Whether a file is called as one of rows of whatever version. */
    public static boolean isOfRows(String name) {
        return name.matches("rows-(\\d{5,}-of-\\d{5,}(\\.v\\d+)?\\.jsonl|table(\\.v\\d+)?\\.safetensors)");
    }

    private static String mark(int version) {
        return version == 1 ? "" : ".v" + version;
    }

    private String number(int shard) {
        return String.format(Locale.ROOT, "-%05d-of-%05d", shard + 1, shards());
    }
}
