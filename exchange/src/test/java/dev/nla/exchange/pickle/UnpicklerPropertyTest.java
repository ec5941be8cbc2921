package dev.nla.exchange.pickle;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Protects the pickle machine from bytes of any kind: it gives a value or says what is wrong, and nothing else ever happens. */
class UnpicklerPropertyTest {
    @Property(tries = 3000)
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 80) byte[] bytes) {
        readOrRefused(bytes);
    }

    @Property(tries = 3000)
    void aGoodPickleWithWrongBytesIsReadOrRefused(
            @ForAll @IntRange(max = 10_000) int first,
            @ForAll byte one,
            @ForAll @IntRange(max = 10_000) int second,
            @ForAll byte other) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("ids", List.of("a", "b"));
        content.put("layer", 3L);
        content.put("activations", new TorchMatrix(2, 3, row -> new float[3]));
        byte[] bytes = new Pickler().write(content);
        bytes[first % bytes.length] = one;
        bytes[second % bytes.length] = other;
        readOrRefused(bytes);
    }

    private static void readOrRefused(byte[] bytes) {
        try {
            Unpickler.read(bytes);
        } catch (BadPickle expected) {
            assertThatThrownBy(() -> Unpickler.read(bytes)).hasMessage(expected.getMessage());
        }
    }
}
