package dev.nla.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.DescribeRequest;
import dev.nla.serve.api.request.ExtractRequest;
import dev.nla.serve.api.request.GapRequest;
import dev.nla.serve.api.request.ReconstructRequest;
import dev.nla.serve.api.request.Target;
import dev.nla.serve.api.response.DescribeResponse;
import dev.nla.serve.api.response.Progress;
import dev.nla.serve.api.response.ReconstructResponse;
import dev.nla.serve.engine.work.WorkObserver;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Protects what is said of positions, texts and layers that the model, the adapter or the reconstructor is not for. */
class EngineLimitsTest extends ServedEngine {
    @Test
    void positionsBeyondThePromptAndLongTextsAreRefused() {
        assertThatThrownBy(() -> engine.describe(request(text("short", 400), 1, DRAWN, 0), Progress.NONE))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("reaches token 400 but the prompt has");
        assertThatThrownBy(() -> engine.extract(new ExtractRequest("short", PromptStyle.RAW, List.of(0), List.of(5))))
                .hasMessageContaining("reaches token 5 but the prompt has 5");
        assertThatThrownBy(() -> engine.describe(request(text("x".repeat(5000), 0), 1, DRAWN, 0), Progress.NONE))
                .hasMessageContaining("more than the model's");
        assertThatThrownBy(
                        () -> engine.reconstruct(new ReconstructRequest("w", Optional.of(new Target.OfRow("none")), 0)))
                .hasMessageContaining("no row of id 'none'");
    }

    @Test
    void descriptionsAndTextsBeyondTheContextAreRefusedWhereverTheyStand() {
        String longest = "x".repeat(decoder.config().maxPositions() - 20);
        String tooLong = "x".repeat(200_000);
        Target known = new Target.OfVector(vector(0));
        engine.reconstruct(new ReconstructRequest(longest, Optional.empty(), 0)).join();
        assertThat(parameter(() -> engine.reconstruct(new ReconstructRequest(tooLong, Optional.empty(), 0))))
                .isEqualTo("text");
        assertThat(parameter(() -> engine.reconstruct(new ReconstructRequest("t", Optional.of(text(tooLong, 0)), 0))))
                .isEqualTo("against.text");
        assertThat(parameter(() -> engine.gap(
                        new GapRequest(List.of(new GapRequest.Item("t", known), new GapRequest.Item(tooLong, known))))))
                .isEqualTo("items[1].description");
        assertThat(parameter(() -> engine.gap(new GapRequest(List.of(
                        new GapRequest.Item("t", new Target.OfText(tooLong, PromptStyle.RAW, Optional.empty())))))))
                .isEqualTo("items[0].text");
    }

    private static String parameter(Runnable asked) {
        RequestException refused = catchThrowableOfType(RequestException.class, asked::run);
        assertThat(refused.fault()).isEqualTo(Fault.INVALID_REQUEST);
        assertThat(refused.getMessage())
                .contains("more than the model's " + decoder.config().maxPositions());
        return refused.parameter().orElseThrow();
    }

    @Test
    void anotherLayerThanTheAdaptersIsWarnedOfAndNotScored() {
        DescribeRequest other =
                new DescribeRequest("one", text("some text", 1), OptionalInt.of(0), 1, DRAWN, 0, 2, true, false, false);
        DescribeResponse described = engine.describe(other, Progress.NONE).join();
        assertThat(described.warnings()).singleElement().asString().contains("trained on activations of layer 2");
        assertThat(described.descriptions().get(0).roundTrip()).isEmpty();
        assertThat(described.nearest()).isEmpty();
    }

    @Test
    void aRowOfAnotherLayerThanTheReconstructorsIsWarnedOf() throws IOException {
        Target row = new Target.OfRow("row-3");
        ReconstructResponse own = engine.reconstruct(new ReconstructRequest("w", Optional.of(row), 0))
                .join();
        assertThat(own.warnings()).isEmpty();
        EngineSettings settings = served.settings(20, served.dataOfLayer(0));
        try (ModelEngine other = new ModelEngine(decoder, tokenizer, settings, WorkObserver.none())) {
            ReconstructResponse compared = other.reconstruct(new ReconstructRequest("w", Optional.of(row), 0))
                    .join();
            assertThat(compared.cosine()).isEqualTo(own.cosine());
            assertThat(compared.warnings())
                    .containsExactly("the reconstructor imitates layer 2, the activation is of layer 0");
        }
    }
}
