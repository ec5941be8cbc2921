package dev.nla.spark;

import dev.nla.model.lora.LoraAdapter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Weights of adapters as they were last sent out; they are sent again when they have changed, and what they replace is forgotten everywhere. */
final class SentAdapters {
    private final JavaSparkContext context;
    private final Map<Integer, Broadcast<float[]>> sent = new HashMap<>();

    SentAdapters(JavaSparkContext context) {
        this.context = context;
    }

    /** The weights of these adapters as they are now. To be called while no work is under way. */
    Map<Integer, Broadcast<float[]>> now(Map<Integer, LoraAdapter> adapters) {
        Map<Integer, Broadcast<float[]>> current = new TreeMap<>();
        adapters.forEach((number, adapter) -> current.put(number, now(number, adapter)));
        return current;
    }

    private Broadcast<float[]> now(int number, LoraAdapter adapter) {
        float[] values = adapter.parameters().toFloatArray();
        Broadcast<float[]> before = sent.get(number);
        if (before != null && Arrays.equals(before.value(), values)) {
            return before;
        }
        if (before != null) {
            before.destroy();
        }
        Broadcast<float[]> now = context.broadcast(values);
        sent.put(number, now);
        return now;
    }
}
