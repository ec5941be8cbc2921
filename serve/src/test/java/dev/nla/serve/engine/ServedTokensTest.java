package dev.nla.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nla.data.extract.prompt.Position;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.generation.Sampling;
import dev.nla.model.sidecar.Role;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.DescribeRequest;
import dev.nla.serve.api.request.DescribeRowsRequest;
import dev.nla.serve.api.request.ExtractRequest;
import dev.nla.serve.api.request.ReconstructRequest;
import dev.nla.serve.api.request.RequestedPositions;
import dev.nla.serve.api.request.Span;
import dev.nla.serve.api.request.SteerRequest;
import dev.nla.serve.api.request.Target;
import dev.nla.serve.api.response.ExtractResponse;
import dev.nla.serve.api.response.Progress;
import dev.nla.serve.api.response.SteerResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Protects tokens of one text that are asked for again and again: their activations come from memory, and are those that were read alone; what is written into one is where it was put. */
class ServedTokensTest {
    private static final Path MODEL = Fixtures.checkout("models/scenes");
    private static final String TEXT = "The harbour was where it happened. A goat kept close.";
    private static final int LAYER = 4;

    private static Decoder decoder;
    private static Tokenizer tokenizer;
    private static ModelEngine engine;

    @BeforeAll
    static void serve() {
        decoder = Decoder.load(MODEL, ComputeType.FLOAT32);
        tokenizer = Tokenizer.open(MODEL);
        engine = new ModelEngine(
                decoder,
                tokenizer,
                new EngineSettings(
                        MODEL,
                        Map.of(
                                "scenes",
                                AdapterFolder.open(Fixtures.checkout("adapters/scenes/verbalizer"), Role.VERBALIZER)),
                        Optional.empty(),
                        Optional.of(AdapterFolder.open(
                                Fixtures.checkout("adapters/scenes/reconstructor"), Role.RECONSTRUCTOR)),
                        Optional.empty(),
                        40,
                        () -> Long.MAX_VALUE),
                new Unheard());
    }

    @AfterAll
    static void end() {
        engine.close();
        tokenizer.close();
        decoder.close();
    }

    private static DescribeRequest request(int position) {
        return new DescribeRequest(
                "scenes",
                new Target.OfText(TEXT, Optional.of(PromptStyle.CHAT), Optional.of(new Span(position, position + 1))),
                OptionalInt.empty(),
                1,
                Sampling.greedy(32),
                0,
                0,
                false,
                false,
                false);
    }

    private static String words(int position) {
        return engine.describe(request(position), Progress.NONE)
                .join()
                .descriptions()
                .get(0)
                .text();
    }

    private static double cosine(int position) {
        return engine.reconstruct(new ReconstructRequest(
                        "• companion: goat",
                        Optional.of(new Target.OfText(
                                TEXT, Optional.of(PromptStyle.CHAT), Optional.of(new Span(position, position + 2)))),
                        0))
                .join()
                .cosine()
                .orElseThrow();
    }

    @Test
    void tokensFromMemoryAreDescribedAsThoseReadAlone() {
        int last = engine.extract(new ExtractRequest(TEXT, PromptStyle.CHAT, List.of(), List.of()))
                        .join()
                        .tokens()
                        .size()
                - 1;
        String alone = words(last);
        double nearAlone = cosine(last - 1);
        for (int again = 0; again < 3; again++) {
            assertThat(words(last)).isEqualTo(alone);
            assertThat(cosine(last - 1)).isCloseTo(nearAlone, within(1e-6));
        }
    }

    @Test
    void theTextsTokensAreThoseThatARuleChooses() {
        ExtractResponse read = engine.extract(new ExtractRequest(TEXT, PromptStyle.CHAT, List.of(), List.of()))
                .join();
        String text = String.join(
                "",
                read.tokens().subList(read.textStart(), read.textEnd()).stream()
                        .map(ExtractResponse.Token::text)
                        .toList());
        assertThat(text).isEqualTo(TEXT);
        assertThat(positions(new RequestedPositions.ByRule(new Position.All())))
                .containsExactly(
                        IntStream.range(read.textStart(), read.tokens().size()).toArray());
        assertThat(positions(new RequestedPositions.Listed(List.of(3, 5)))).containsExactly(3, 5);
        assertThatThrownBy(() -> positions(new RequestedPositions.Listed(List.of(3, 500))))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("500");
    }

    private static SteerRequest steer(SteerRequest.Source source, boolean added, float strength, OptionalInt layer) {
        return new SteerRequest(
                TEXT,
                Optional.of(PromptStyle.CHAT),
                OptionalInt.empty(),
                layer,
                source,
                added,
                strength,
                Sampling.greedy(16),
                0);
    }

    @Test
    void theActivationThatIsThereChangesNothingAndAnotherDoes() {
        float[] own = engine.extract(new ExtractRequest(TEXT, PromptStyle.CHAT, List.of(LAYER), List.of()))
                .join()
                .activations()
                .get(0)
                .vector();
        SteerResponse same = engine.steer(steer(new SteerRequest.Source.Vector(own), false, 1, OptionalInt.empty()))
                .join();
        assertThat(same.layer()).isEqualTo(LAYER);
        assertThat(same.after()).isEqualTo(same.before());
        SteerResponse other = engine.steer(steer(
                        new SteerRequest.Source.Words("• material: iron", Optional.empty()),
                        false,
                        1,
                        OptionalInt.empty()))
                .join();
        assertThat(other.before()).isEqualTo(same.before());
        assertThat(other.after().text()).isNotEqualTo(other.before().text());
        SteerResponse unedited = engine.steer(steer(
                        new SteerRequest.Source.Words("• companion: goat", Optional.of("• companion: goat")),
                        true,
                        5,
                        OptionalInt.empty()))
                .join();
        assertThat(unedited.after()).isEqualTo(unedited.before());
        assertThatThrownBy(() -> engine.steer(steer(
                        new SteerRequest.Source.Words("• companion: goat", Optional.empty()),
                        true,
                        1,
                        OptionalInt.of(2))))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("imitates layer 4");
    }

    private static int[] positions(RequestedPositions which) {
        return engine.positions(
                new DescribeRowsRequest(List.of(TEXT), false, Optional.of(PromptStyle.CHAT), which, request(0)), 0);
    }
}
