package dev.nla.bulk.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/** Described activations, in their order. */
@FunctionalInterface
public interface Rows {
    /** Hands on every row; can be asked for several times. */
    void forEach(Consumer<JsonNode> each);
}
