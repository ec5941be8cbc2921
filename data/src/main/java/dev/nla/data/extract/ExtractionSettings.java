package dev.nla.data.extract;

import dev.nla.data.dataset.index.ShardPlan;
import dev.nla.data.extract.prompt.Position;
import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.util.Objects;

/**
 * What is extracted and how.
 *
 * @param layer the block whose output is kept, from 0
 * @param position which tokens give an activation
 * @param skipFirst how many tokens at the start of each text give no activation, see {@link PromptEncoder#firstToken}
 * @param maxLength most tokens a prompt may have
 * @param strict whether a longer text is an error; otherwise its end is cut off
 * @param tokenBudget most tokens of a batch, padding included; a longer prompt is a batch of its own
 * @param seed decides which positions are sampled
 * @param split how rows are split where the texts bring no splits of their own
 * @param shardRows most rows of a shard; a dataset of no more than these is one pair of files
 */
public record ExtractionSettings(
        int layer,
        Position position,
        int skipFirst,
        int maxLength,
        boolean strict,
        int tokenBudget,
        long seed,
        DocumentSplit split,
        int shardRows) {
    /** Tokens of a batch where nothing else is said. */
    public static final int DEFAULT_TOKEN_BUDGET = 2048;

    /** Checks the ranges. */
    public ExtractionSettings {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(split, "split");
        if (layer < 0) {
            throw InputException.usage("%s %d: layers count from 0", Key.of("layer"), layer);
        }
        if (skipFirst < 0) {
            throw InputException.usage(
                    "%s %d: a number of tokens from 0 on was expected", Key.of("skip_first"), skipFirst);
        }
        if (maxLength < 1 || tokenBudget < 1) {
            throw InputException.usage(
                    "%s %d, token budget %d: at least 1 was expected", Key.of("max_length"), maxLength, tokenBudget);
        }
    }

    /** Settings with shards of the usual size. */
    public ExtractionSettings(
            int layer,
            Position position,
            int skipFirst,
            int maxLength,
            boolean strict,
            int tokenBudget,
            long seed,
            DocumentSplit split) {
        this(layer, position, skipFirst, maxLength, strict, tokenBudget, seed, split, ShardPlan.SHARD_ROWS);
    }

    /** Settings that skip nothing. */
    public ExtractionSettings(
            int layer,
            Position position,
            int maxLength,
            boolean strict,
            int tokenBudget,
            long seed,
            DocumentSplit split) {
        this(layer, position, 0, maxLength, strict, tokenBudget, seed, split);
    }

    /** The last position of texts of up to 512 tokens, split 80/10/10 with seed 0. */
    public static ExtractionSettings of(int layer) {
        return new ExtractionSettings(
                layer,
                new Position.Last(),
                512,
                false,
                DEFAULT_TOKEN_BUDGET,
                0,
                new DocumentSplit(0, SplitRatios.DEFAULT));
    }
}
