package dev.nla.model.workers.apart;

import dev.nla.model.InputException;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.workers.PartWork;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Makes bytes of work and parts where they are given out, and answers of bytes. An adapter keeps the number that it first got. */
public final class Packing {
    private final Map<LoraAdapter, Integer> numbers = new IdentityHashMap<>();

    /** Work as bytes, with the adapters that it uses. */
    public PackedWork work(PartWork<?, ?> work) {
        Map<Integer, LoraAdapter> used = new TreeMap<>();
        byte[] bytes = CarriedOutput.bytes(work, adapter -> {
            int number = numbers.computeIfAbsent(adapter, unknown -> numbers.size());
            used.put(number, adapter);
            return number;
        });
        return new PackedWork(bytes, used);
    }

    /** A part as bytes. */
    public static byte[] part(Object part) {
        return CarriedOutput.bytes(part, Packing::refuse);
    }

    /**
     * What came back for a part.
     *
     * @throws InputException what the work has thrown
     */
    public static Answer answer(byte[] bytes) {
        Answer answer = (Answer) CarriedInput.value(bytes, Packing::refuse);
        if (answer.value() instanceof InputException refused) {
            throw refused;
        }
        return answer;
    }

    private static int refuse(LoraAdapter adapter) {
        throw new IllegalArgumentException("parts and answers bring no adapter along");
    }

    private static Object refuse(Stand named) {
        throw new IllegalStateException("an answer names " + named);
    }
}
