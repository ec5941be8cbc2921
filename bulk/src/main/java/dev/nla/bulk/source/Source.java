package dev.nla.bulk.source;

import java.util.List;
import java.util.Map;

/** Activations to be described. */
public interface Source {
    /** Activations of a block, so that it is worth the reading and its loss bearable. */
    int BLOCK = 256;

    /** All of them, in their order; none is empty. */
    List<Block> blocks();

    /** Everything that they depend on, by name. */
    Map<String, String> inputs();

    /** How many there are. */
    default int size() {
        return blocks().stream().mapToInt(Block::size).sum();
    }
}
