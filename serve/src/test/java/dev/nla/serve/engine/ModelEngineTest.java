package dev.nla.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.data.testing.TinyDataset;
import dev.nla.model.InputException;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.CacheBudget;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.PassMemory;
import dev.nla.model.decoder.PassMemory.Writing;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.GapInputs;
import dev.nla.model.gap.GapScores;
import dev.nla.model.gap.Negatives;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.testing.TinyModel;
import dev.nla.model.tokenizer.Message;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.verbalizer.Description;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
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
import dev.nla.serve.engine.work.WorkObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protects that the server's answers are those of the verbalizer, the reconstructor and the measured gap themselves, alone or in a batch,
 * and what the engine does with its queue and its adapters.
 */
class ModelEngineTest {
    /** Hot, since the random model repeats itself else. */
    private static final Sampling DRAWN = new Sampling(8, 0, 1, 12);

    @TempDir
    private static Path folder;

    private static TinyServed served;
    private static Decoder decoder;
    private static Tokenizer tokenizer;

    private final Gate gate = new Gate();
    private ModelEngine engine;

    /** Keeps the worker from taking the next batch while it is shut, and hears of every batch. */
    private static final class Gate implements WorkObserver {
        private final Semaphore open = new Semaphore(Integer.MAX_VALUE);
        private final Semaphore reached = new Semaphore(0);
        private final ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();

        @Override
        public void ran(String kind, int requests, double seconds) {
            sizes.add(requests);
            reached.release();
            open.acquireUninterruptibly();
            open.release();
        }

        @Override
        public void wrote(int tokens) {}
    }

    @BeforeAll
    static void load() throws IOException {
        served = TinyServed.in(folder);
        decoder = Decoder.load(served.model(), ComputeType.FLOAT32);
        tokenizer = Tokenizer.open(served.model());
    }

    @AfterAll
    static void unload() {
        tokenizer.close();
        decoder.close();
    }

    @BeforeEach
    void start() {
        engine = new ModelEngine(decoder, tokenizer, served.settings(20), gate);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

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
    void anAnswerIsTheSameAloneAndInABatch() {
        List<DescribeRequest> requests = IntStream.range(0, 12)
                .mapToObj(i -> request(
                        i % 2 == 0 ? text("a text of number " + i, i % 3) : new Target.OfVector(vector(i)),
                        1,
                        new Sampling(8, 0, 1, 4 + i),
                        i))
                .toList();
        List<DescribeResponse> alone = requests.stream()
                .map(request -> engine.describe(request, Progress.NONE).join())
                .toList();
        List<CompletableFuture<DescribeResponse>> together = new ArrayList<>();
        whileTheWorkerIsBusy(() -> requests.forEach(request -> together.add(engine.describe(request, Progress.NONE))));
        assertThat(alone.stream().map(each -> each.descriptions().get(0).text()).distinct())
                .hasSizeGreaterThan(6);
        for (int i = 0; i < alone.size(); i++) {
            DescribeResponse batched = together.get(i).join();
            assertThat(batched.descriptions().get(0).text())
                    .isEqualTo(alone.get(i).descriptions().get(0).text());
            assertThat(batched.usage()).isEqualTo(alone.get(i).usage());
            assertThat(trip(batched).centeredCosine())
                    .isCloseTo(trip(alone.get(i)).centeredCosine(), within(1e-4));
            assertThat(batched.place()).isEqualTo(alone.get(i).place());
        }
        assertThat(gate.sizes).contains(12);
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

    @Test
    void aFullQueueRefusesAndWhoeverLeavesMakesRoom() {
        List<CompletableFuture<DescribeResponse>> waiting = new ArrayList<>();
        DescribeRequest request = request(new Target.OfVector(vector(0)), 1, DRAWN, 0);
        whileTheWorkerIsBusy(() -> {
            for (int i = 0; i < 20; i++) {
                waiting.add(engine.describe(request, Progress.NONE));
            }
            assertThatThrownBy(() -> engine.describe(request, Progress.NONE))
                    .isInstanceOfSatisfying(RequestException.class, refused -> assertThat(refused.fault())
                            .isEqualTo(Fault.QUEUE_FULL));
            waiting.remove(4).cancel(false);
            assertThat(engine.waiting()).isEqualTo(19);
            waiting.add(engine.describe(request, Progress.NONE));
        });
        waiting.forEach(answer -> assertThat(answer.join().descriptions()).hasSize(1));
    }

    @Test
    void adaptersComeAndGoWhileOthersAreServed() {
        assertThat(engine.loadable()).containsExactly("two");
        assertThat(engine.load("two").join().name()).isEqualTo("two");
        assertThat(engine.loadable()).isEmpty();
        assertThatThrownBy(() -> engine.load("two").join()).hasMessageContaining("is loaded already");
        DescribeRequest request = new DescribeRequest(
                "two", new Target.OfVector(vector(0)), OptionalInt.empty(), 1, DRAWN, 0, 0, true, false, false);
        CompletableFuture<DescribeResponse> before = engine.describe(request, Progress.NONE);
        engine.unload("two").join();
        assertThat(before.join().adapter()).isEqualTo("two");
        assertThatThrownBy(() -> engine.describe(request, Progress.NONE))
                .hasMessageContaining("no adapter 'two' is loaded");
        assertThat(engine.load("two").join().name()).isEqualTo("two");
        assertThat(engine.describe(request, Progress.NONE).join().descriptions())
                .isEqualTo(before.join().descriptions());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../critic",
                "..",
                ".",
                "",
                "a/b",
                "/etc",
                "one\\two",
                ".hidden",
                "two\u0000",
                "%2e%2e",
                "two/../two"
            })
    void noNameLeadsOutOfTheFolder(String name) {
        assertThatThrownBy(() -> engine.load(name)).isInstanceOfSatisfying(RequestException.class, refused -> {
            assertThat(refused.fault()).isEqualTo(Fault.INVALID_REQUEST);
            assertThat(refused.parameter()).hasValue("name");
        });
    }

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

    @Test
    void batchesAreCutToTheMemoryThereIsAndAnswersStayTheSame() {
        PassMemory memory = new PassMemory(decoder.config(), decoder.computeType());
        long bytes = Math.max(memory.reading(1, 200), memory.writing(new Writing(8, 16, 12, false), 1, 2));
        List<DescribeRequest> requests = IntStream.range(0, 6)
                .mapToObj(i -> request(text("a text of number " + i, i % 3), 16, DRAWN, i))
                .toList();
        List<DescribeResponse> free = requests.stream()
                .map(request -> engine.describe(request, Progress.NONE).join())
                .toList();
        EngineSettings settings = served.settings(20, served.data(), bytes);
        try (ModelEngine tight = new ModelEngine(decoder, tokenizer, settings, WorkObserver.none())) {
            List<CompletableFuture<DescribeResponse>> answers = requests.stream()
                    .map(request -> tight.describe(request, Progress.NONE))
                    .toList();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).join().descriptions())
                        .extracting(DescribeResponse.Written::text)
                        .isEqualTo(free.get(i).descriptions().stream()
                                .map(DescribeResponse.Written::text)
                                .toList());
            }
        }
    }

    @Test
    void whatNeverFitsIsRefusedWithWhatWould() {
        PassMemory memory = new PassMemory(decoder.config(), decoder.computeType());
        EngineSettings settings = served.settings(20, served.data(), memory.reading(1, 200));
        try (ModelEngine tight = new ModelEngine(decoder, tokenizer, settings, WorkObserver.none())) {
            tight.extract(new ExtractRequest("x".repeat(200), PromptStyle.RAW, List.of(0), List.of()))
                    .join();
            RequestException refused = catchThrowableOfType(
                    RequestException.class,
                    () -> tight.extract(new ExtractRequest("x".repeat(240), PromptStyle.RAW, List.of(0), List.of())));
            assertThat(refused.fault()).isEqualTo(Fault.INVALID_REQUEST);
            assertThat(refused.parameter()).hasValue("text");
            assertThat(refused).hasMessageContaining("has 240 tokens, more than the 20");
        }
        EngineSettings nothing = served.settings(20, served.data(), 1000);
        assertThatThrownBy(() -> new ModelEngine(decoder, tokenizer, nothing, WorkObserver.none()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("give the server more memory");
    }

    /** Runs something while the worker waits behind a batch of one, so that all it submits is in the queue together. */
    private void whileTheWorkerIsBusy(Runnable action) {
        gate.reached.drainPermits();
        gate.open.acquireUninterruptibly(Integer.MAX_VALUE);
        try {
            engine.reconstruct(new ReconstructRequest("first", Optional.empty(), 0));
            gate.reached.acquireUninterruptibly();
            action.run();
        } finally {
            gate.open.release(Integer.MAX_VALUE);
        }
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

    private static RoundTrip trip(DescribeResponse described) {
        return described.descriptions().get(0).roundTrip().orElseThrow();
    }

    private static DescribeRequest request(Target target, int samples, Sampling sampling, long seed) {
        return new DescribeRequest("one", target, OptionalInt.empty(), samples, sampling, seed, 0, true, false, false);
    }

    private static Target text(String text, int position) {
        return new Target.OfText(text, PromptStyle.CHAT, Optional.of(new Span(position, position + 1)));
    }

    private static float[] vector(int row) {
        return TinyDataset.rows().get(row).activation();
    }
}
