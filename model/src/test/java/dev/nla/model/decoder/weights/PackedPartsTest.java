package dev.nla.model.decoder.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Protects disks that are nearly full: a copy that would take more than half of what is left is not begun, and it is said why. */
class PackedPartsTest {
    private static final Path COPY = Path.of("m", ".nla-int4.packed");
    private static final long GIB = 1L << 30;

    @Test
    void aCopyTakesAtMostHalfOfWhatIsFree() {
        assertThat(PackedParts.refusal(COPY, 4 * GIB, 8 * GIB)).isEmpty();
        assertThat(PackedParts.refusal(COPY, 4 * GIB, 8 * GIB - 1)).hasValueSatisfying(said -> assertThat(said)
                .startsWith(COPY + ": the rounded weights take 4.00 GiB")
                .contains("8.00", "free on the disk", "make room"));
    }
}
