package dev.nla.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Protects how kernels are put together: files that import each other, attributes and inputs by name, state that begins empty and stays from
 * call to call, and errors that name the line.
 */
class KernelModuleTest {
    private static final Map<String, ?> ATTRIBUTES = Map.of(
            "sizes",
            new KernelObject(
                    "entry",
                    "Sizes",
                    Map.of(
                            "count",
                            3,
                            "name",
                            "häuser",
                            "factors",
                            List.of(List.of(0.5, 2.0), List.of(1.0, 4.0)),
                            "doubled",
                            true)));

    private final NDManager manager = TorchRuntime.newManager(Device.cpu());

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void namesAreFilledInWhereTheyAreMeant() {
        Map<String, String> files = KernelFiles.read(getClass(), "entry");
        assertThat(files).containsOnlyKeys("entry", "shapes");
        assertThat(files.get("entry"))
                .contains("sizes: __torch__.entry.Sizes", "last: Optional[__torch__.shapes.Square]")
                .contains("shape = __torch__.shapes.Square(inputs", "class Sizes:", "import shapes\n");
        assertThat(files.get("shapes"))
                .contains("class Square(NamedTuple)", "def area(square: __torch__.shapes.Square)")
                .contains("\"\"\"The area of a Square, by area(square).\"\"\"")
                .contains("return __torch__.shapes.times(square.side, square.side)")
                .contains("# area and times are variables here", "return area * times");
    }

    @Test
    void callsReadInputsByNameAndKeepTheirState() {
        try (KernelModule kernels = KernelModule.load(manager, getClass(), "entry", ATTRIBUTES)) {
            assertThat(areas(kernels)).containsExactly(1 + 10, 16 + 10);
            assertThat(areas(kernels)).containsExactly(1 + 20, 16 + 20);
            kernels.run("forget");
            assertThat(areas(kernels)).containsExactly(1 + 10, 16 + 10);
        }
    }

    @Test
    void attributesOfAnObjectReadAsTheyWereGiven() {
        try (KernelModule kernels = KernelModule.load(manager, getClass(), "entry", ATTRIBUTES);
                KernelInputs inputs = new KernelInputs(manager).flag("any", true)) {
            assertThat(kernels.infer(manager, "told", inputs).singletonOrThrow().toFloatArray())
                    .containsExactly(3, 7.5f, 4);
        }
    }

    @Test
    void gradientsReachAnInputWhoseNameIsGivenBack() {
        try (KernelModule kernels = KernelModule.load(manager, getClass(), "entry", ATTRIBUTES);
                KernelInputs inputs = new KernelInputs(manager);
                NDArray side = manager.create(new float[] {3, 5})) {
            side.setRequiresGradient(true);
            inputs.array("side", side).number("factor", 1f).number("step", 0);
            try (var collector = manager.getEngine().newGradientCollector()) {
                collector.backward(kernels.train(manager, "areas", inputs)
                        .singletonOrThrow()
                        .sum());
            }
            assertThat(side.getGradient().toFloatArray()).containsExactly(6, 10);
            assertThat(side.getName()).isNull();
        }
    }

    @Test
    void anErrorNamesFileAndLine() {
        assertThatThrownBy(() -> KernelModule.load(manager, getClass(), "broken", Map.of()))
                .hasMessageContaining("shapes.py\", line 15")
                .hasMessageContaining("return square.side @ \"no number\"")
                .hasMessageContaining("HERE");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> KernelModule.load(manager, getClass(), "nowhere", Map.of()))
                .hasMessageContaining("kernels/nowhere.py");
    }

    private float[] areas(KernelModule kernels) {
        try (KernelInputs inputs = new KernelInputs(manager)) {
            inputs.floats("side", new float[] {0.5f, 2}, 2);
            inputs.number("factor", 2f).number("step", 10);
            return kernels.infer(manager, "areas", inputs).singletonOrThrow().toFloatArray();
        }
    }
}
