package dev.nla.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.data.testing.TinyDataset;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.memory.CacheBudget;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.GapScores;
import dev.nla.model.gap.Negatives;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.testing.TinyModel;
import dev.nla.model.tokenizer.Message;
import dev.nla.model.verbalizer.Description;
import dev.nla.serve.api.request.ChatRequest;
import dev.nla.serve.api.request.DescribeRequest;
import dev.nla.serve.api.request.ExtractRequest;
import dev.nla.serve.api.request.GapRequest;
import dev.nla.serve.api.request.ReconstructRequest;
import dev.nla.serve.api.request.Span;
import dev.nla.serve.api.request.Target;
import dev.nla.serve.api.response.ChatResponse;
import dev.nla.serve.api.response.DescribeResponse;
import dev.nla.serve.api.response.ExtractResponse;
import dev.nla.serve.api.response.Progress;
import dev.nla.serve.api.response.ReconstructResponse;
import dev.nla.serve.api.response.RoundTrip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Protects that the server's answers are those of the verbalizer, the reconstructor, the measured gap and the model themselves. */
class EngineAnswersTest extends ServedEngine {
    @Test
    void descriptionsAreThoseOfTheVerbalizer() {
        VerbalizerFolder folder = VerbalizerFolder.read(served.adapters().resolve("one"), decoder, tokenizer);
        float[] vector = vector(3);
        for (Sampling sampling : List.of(Sampling.greedy(12), DRAWN)) {
            List<Description> expected = folder.verbalizer()
                    .describe(new float[][] {vector}, sampling, 2, new long[] {7})
                    .get(0);
            DescribeResponse described = engine.describe(
                            request(new Target.OfVector(vector), 2, sampling, 7), Progress.NONE)
                    .join();
            assertThat(described.descriptions())
                    .extracting(DescribeResponse.Written::text)
                    .containsExactlyElementsOf(
                            expected.stream().map(Description::text).toList());
        }
        folder.verbalizer().adapter().close();
    }

    @Test
    void whatIsStreamedGrowsToTheAnswer() {
        List<String> seen = new ArrayList<>();
        DescribeResponse described = engine.describe(
                        request(new Target.OfVector(vector(5)), 1, DRAWN, 3), (sample, text) -> seen.add(text))
                .join();
        assertThat(seen).hasSizeGreaterThan(1);
        assertThat(described.descriptions().get(0).text()).startsWith(seen.get(seen.size() - 1));
        DescribeResponse whole = engine.describe(request(new Target.OfVector(vector(5)), 1, DRAWN, 3), Progress.NONE)
                .join();
        assertThat(whole).isEqualTo(described);
    }

    @Test
    void theSameRequestGetsTheSameAnswerToTheLastDigit() {
        DescribeRequest request = request(text("a text that is asked for again", 4), 1, DRAWN, 3);
        DescribeResponse first = engine.describe(request, Progress.NONE).join();
        engine.describe(request(text("another text", 2), 1, DRAWN, 3), Progress.NONE)
                .join();
        for (int i = 0; i < 3; i++) {
            assertThat(engine.describe(request, Progress.NONE).join()).isEqualTo(first);
        }
    }

    @Test
    void roundTripsAreThoseOfTheMeasuredGap() {
        try (ActivationDataset data = ActivationDataset.open(served.data())) {
            String id = data.row(66).id();
            String words = "blue sea";
            ReconstructorFolder critic = ReconstructorFolder.read(served.critic(), decoder, tokenizer);
            float[] reconstruction = critic.reconstructor().reconstruct(List.of(words))[0];
            critic.reconstructor().adapter().close();
            RoundTrip trip = engine.gap(new GapRequest(List.of(new GapRequest.Item(words, new Target.OfRow(id)))))
                    .join()
                    .get(0)
                    .roundTrip();
            int[] all = IntStream.range(0, data.size()).toArray();
            float[][][] reconstructions = new float[data.size()][][];
            Arrays.fill(reconstructions, new float[][] {reconstruction});
            GapInputs inputs = new GapInputs(data.activations(all), reconstructions, data.mean(Split.TRAIN));
            for (Form form : Form.values()) {
                RoundTrip.RowGap gap = form == Form.CENTERED ? trip.centered() : trip.legacy();
                GapScores scores = GapScores.of(inputs, form, neighbours(inputs, form));
                assertThat(gap.correctCos()).isCloseTo(scores.correctCos(66), within(1e-5));
                assertThat(gap.hardNegativeCos()).isCloseTo(scores.hardNegativeCos(66), within(1e-5));
                assertThat(gap.floor()).isLessThan(gap.ceiling());
            }
            assertThat(trip.candidates()).isEqualTo(TinyDataset.ROWS);
            double own = trip.centeredCosine();
            long nearer = IntStream.range(0, data.size())
                    .filter(row -> row != 66
                            && inputs.cosine(Form.CENTERED).between(reconstruction, data.activation(row)) >= own)
                    .count();
            assertThat(trip.rank()).isEqualTo(1 + nearer);
            ReconstructResponse same = engine.reconstruct(
                            new ReconstructRequest(words, Optional.of(new Target.OfRow(id)), 3))
                    .join();
            assertThat(same.roundTrip()).hasValue(trip);
            assertThat(same.vector()).containsExactly(reconstruction, within(1e-5f));
            assertThat(same.nearest()).hasSize(3);
        }
    }

    @Test
    void activationsAreThoseOfTheModel() {
        ExtractResponse extracted = engine.extract(
                        new ExtractRequest("héllo ●", PromptStyle.CHAT, List.of(2, 0), List.of(8, 3)))
                .join();
        long[] ids =
                extracted.tokens().stream().mapToLong(ExtractResponse.Token::id).toArray();
        String rendered = tokenizer.chatTemplate().render(List.of(Message.user("héllo ●")), true);
        assertThat(ids).isEqualTo(tokenizer.encode(rendered));
        StringBuilder joined = new StringBuilder();
        extracted.tokens().forEach(token -> joined.append(token.text()));
        assertThat(joined).hasToString(rendered);
        float[][] expected = new DecoderSource(decoder, served.model()).capture(List.of(ids), 2, new int[][] {{3, 8}});
        assertThat(extracted.activations())
                .extracting(ExtractResponse.Activation::layer)
                .containsExactly(2, 2, 0, 0);
        assertThat(extracted.activations())
                .extracting(ExtractResponse.Activation::position)
                .containsExactly(3, 8, 3, 8);
        assertThat(extracted.activations().get(1).vector()).containsExactly(expected[1], within(1e-5f));
    }

    @Test
    void aSpanIsTheMeanOfItsTokens() {
        List<ExtractResponse.Activation> each = engine.extract(
                        new ExtractRequest("some text", PromptStyle.RAW, List.of(TinyDataset.LAYER), List.of(2, 3)))
                .join()
                .activations();
        float[] mean = new float[TinyModel.WIDTH];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (each.get(0).vector()[i] + each.get(1).vector()[i]) / 2;
        }
        Target span = new Target.OfText("some text", PromptStyle.RAW, Optional.of(new Span(2, 4)));
        double cosine = engine.reconstruct(new ReconstructRequest("w", Optional.of(span), 0))
                .join()
                .cosine()
                .orElseThrow();
        assertThat(cosine)
                .isCloseTo(
                        engine.reconstruct(new ReconstructRequest("w", Optional.of(new Target.OfVector(mean)), 0))
                                .join()
                                .cosine()
                                .orElseThrow(),
                        within(1e-5));
    }

    @Test
    void conversationsStopAtTheirStopsAndOnlyThere() {
        Sampling drawn = new Sampling(8, 0, 1, 24);
        Function<List<String>, ChatResponse> ask = stops -> engine.chat(
                        new ChatRequest("base", List.of(Message.user("hi")), 1, drawn, 1, stops, false), Progress.NONE)
                .join();
        ChatResponse free = ask.apply(List.of());
        String text = free.choices().get(0).text();
        assertThat(free.usage().completionTokens()).isEqualTo(24);
        assertThat(free.choices().get(0).finishReason()).isEqualTo("length");
        String stop = Character.toString(text.chars()
                .skip(3)
                .filter(letter -> letter > ' ' && letter < 127)
                .findFirst()
                .orElseThrow());
        ChatResponse stopped = ask.apply(List.of(stop));
        assertThat(stopped.choices().get(0).text()).isEqualTo(text.substring(0, text.indexOf(stop)));
        assertThat(stopped.choices().get(0).finishReason()).isEqualTo("stop");
        ChatResponse adapted = engine.chat(
                        new ChatRequest("one", List.of(Message.user("hi")), 1, drawn, 1, List.of(), false),
                        Progress.NONE)
                .join();
        assertThat(adapted.choices().get(0).text()).isNotEqualTo(text);
    }

    @Test
    void moreAnswersThanAreDecodedAtATimeAreThoseOfOneGeneration() {
        int tokens = 8;
        long[] prompt = tokenizer.encode(tokenizer.chatTemplate().render(List.of(Message.user("hi")), true));
        int choices = CacheBudget.completions(decoder.config(), decoder.computeType(), prompt.length + tokens) + 10;
        Sampling drawn = new Sampling(2, 0, 1, tokens);
        List<Integer> shown = Collections.synchronizedList(new ArrayList<>());
        ChatResponse answered = engine.chat(
                        new ChatRequest("base", List.of(Message.user("hi")), choices, drawn, 7, List.of(), false),
                        (sample, text) -> shown.add(sample))
                .join();
        List<String> expected = decoder
                .generate(
                        new GenerationRequest(
                                new long[0],
                                List.of(prompt),
                                new float[0][],
                                0,
                                choices,
                                drawn,
                                new long[] {7},
                                decoder.config().eosSequences()),
                        decoder.noAdapter())
                .stream()
                .map(completion -> tokenizer.decode(completion.tokens(), true))
                .toList();
        assertThat(answered.choices()).extracting(ChatResponse.Choice::text).isEqualTo(expected);
        assertThat(expected.subList(choices - 10, choices)).isNotEqualTo(expected.subList(0, 10));
        assertThat(shown).contains(0, choices - 1);
    }

    private static Negatives neighbours(GapInputs inputs, Form form) {
        int n = inputs.texts();
        int[][] rows = new int[n][];
        for (int i = 0; i < n; i++) {
            int self = i;
            rows[i] = IntStream.range(0, n)
                    .filter(row -> row != self)
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                            row -> -inputs.cosine(form).between(inputs.activations()[self], inputs.activations()[row])))
                    .limit(20)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return new Negatives(rows);
    }
}
