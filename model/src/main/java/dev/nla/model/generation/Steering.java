package dev.nla.model.generation;

/**
 * Vectors that are put into what a block gives while prompts are read, so that everything behind it goes on from there.
 *
 * @param block whose output is changed, from 0
 * @param column which token of each prompt's suffix
 * @param vectors one a prompt, {@code [n][d]}, added
 * @param kept one a prompt: how much of what is there stays, 1 to add to it, 0 to put the vector in its place
 */
public record Steering(int block, int column, float[][] vectors, float[] kept) {
    /** Checks that there is one of each. */
    public Steering {
        if (block < 0 || column < 0 || vectors.length != kept.length) {
            throw new IllegalArgumentException(vectors.length + " vectors and " + kept.length + " parts kept, block "
                    + block + ", column " + column);
        }
    }
}
