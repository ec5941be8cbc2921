package dev.nla.serve.engine;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.extract.prompt.Prompt;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.data.extract.source.ModelFingerprint;
import dev.nla.model.InputException;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.memory.PassBudget;
import dev.nla.model.decoder.memory.PassMemory;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.ChatRequest;
import dev.nla.serve.api.request.DescribeRequest;
import dev.nla.serve.api.request.DescribeRowsRequest;
import dev.nla.serve.api.request.ExtractRequest;
import dev.nla.serve.api.request.GapRequest;
import dev.nla.serve.api.request.ReconstructRequest;
import dev.nla.serve.api.request.Span;
import dev.nla.serve.api.request.SteerRequest;
import dev.nla.serve.api.response.AdapterFacts;
import dev.nla.serve.api.response.ChatResponse;
import dev.nla.serve.api.response.DescribeResponse;
import dev.nla.serve.api.response.ExtractResponse;
import dev.nla.serve.api.response.GapResponse;
import dev.nla.serve.api.response.ModelFacts;
import dev.nla.serve.api.response.Progress;
import dev.nla.serve.api.response.ReconstructResponse;
import dev.nla.serve.api.response.SteerResponse;
import dev.nla.serve.engine.adapter.AdapterConfidence;
import dev.nla.serve.engine.adapter.AdapterRoom;
import dev.nla.serve.engine.adapter.AdapterShelf;
import dev.nla.serve.engine.adapter.LoadedAdapter;
import dev.nla.serve.engine.work.Errand;
import dev.nla.serve.engine.work.Work;
import dev.nla.serve.engine.work.WorkObserver;
import dev.nla.serve.engine.work.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The engine over a decoder: owns the worker and everything that is loaded; decoder and tokenizer stay the caller's. */
public final class ModelEngine implements Engine {
    /** The part of the memory that is left which adapters may take that are loaded later. */
    private static final int LATER = 4;
    /** Tokens that a server must have memory for. */
    private static final int LEAST = 128;

    private final Decoder decoder;
    private final Tokenizer tokenizer;
    private final ModelFacts facts;
    private final AdapterShelf shelf;
    private final AdapterRoom room = new AdapterRoom();
    private final Optional<AdapterFolder> criticFolder;
    private final Optional<LoadedActivations> loaded;
    private final Optional<ReconstructionScorer> scoring;
    private final LongTexts longTexts;
    private final TargetFinder finding;
    private final ExtractWork extracting;
    private final DescribeWork describing;
    private final ChatWork chatting;
    private final SteerWork steering;
    private final Worker worker;

    /**
     * Loads adapters, reconstructor and activations.
     *
     * @throws dev.nla.model.InputException where one of them is broken or does not belong to the model
     */
    public ModelEngine(Decoder decoder, Tokenizer tokenizer, EngineSettings settings, WorkObserver observer) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        DecoderSource source = new DecoderSource(decoder, settings.model());
        shelf = new AdapterShelf(settings.adapters(), settings.adaptersFolder());
        criticFolder = settings.reconstructor();
        int width = decoder.config().hiddenSize();
        loaded = settings.data()
                .map(folder -> new LoadedActivations(ActivationDataset.open(folder), decoder.manager(), width));
        try {
            Optional<ReconstructorFolder> critic =
                    settings.reconstructor().map(folder -> ReconstructorFolder.read(folder, decoder, tokenizer));
            settings.adapters().keySet().forEach(this::read);
            PassBudget budget = budget(settings, critic);
            KeptTexts kept = new KeptTexts();
            longTexts = new LongTexts(decoder, kept, LongTexts.PIECE, this::again);
            finding = new TargetFinder(tokenizer, source, budget, loaded);
            ActivationReader reading = new ActivationReader(source, budget, kept, longTexts);
            scoring = critic.map(folder -> new ReconstructionScorer(finding, reading, folder, budget, loaded));
            extracting = new ExtractWork(reading);
            describing = new DescribeWork(
                    decoder,
                    finding,
                    reading,
                    loaded,
                    scoring,
                    scoring.map(by ->
                            new ClaimReading(decoder, by, budget, observer, ModelFingerprint.of(settings.model()))),
                    budget,
                    observer);
            chatting = new ChatWork(decoder, tokenizer, budget, observer);
            steering = new SteerWork(decoder, tokenizer, finding, reading, scoring, budget, observer);
            facts = new ModelFacts(
                    source.modelName(),
                    source.layers(),
                    width,
                    source.contextLength(),
                    decoder.computeType().text(),
                    scoring.map(ReconstructionScorer::layer),
                    loaded.map(rows -> new ModelFacts.LoadedFacts(rows.size(), rows.layer(), rows.longest())));
            worker = new Worker(settings.queue(), observer);
        } catch (RuntimeException | Error refused) {
            shelf.loaded().values().forEach(adapter -> adapter.weights().close());
            loaded.ifPresent(LoadedActivations::close);
            throw refused;
        }
    }

    /**
     * What batches may take of the memory that is left now. Where adapters may be loaded later, they get a part of it.
     *
     * @throws InputException where it is too little for anything
     */
    private PassBudget budget(EngineSettings settings, Optional<ReconstructorFolder> critic) {
        long left = settings.batchBytes().getAsLong();
        long later = settings.adaptersFolder().isPresent() ? left / LATER : 0;
        room.limit(Math.max(0, later));
        PassBudget budget =
                new PassBudget(new PassMemory(decoder.config(), decoder.computeType()), left - later - copy(critic));
        if (budget.longest() < Math.min(LEAST, decoder.config().maxPositions())) {
            throw InputException.data(
                    "%s: beside what is loaded %d MiB of memory are left for requests, too little for a text of %d tokens: give the server more memory",
                    settings.model(), Math.max(0, left >> 20), LEAST);
        }
        return budget;
    }

    /** Bytes of the largest adapter in the type of matrix products, where that is another than the adapters' own. */
    private long copy(Optional<ReconstructorFolder> critic) {
        int bytes = decoder.computeType().bytes();
        return bytes == Float.BYTES
                ? 0
                : Stream.concat(
                                shelf.loaded().values().stream().map(LoadedAdapter::weights),
                                critic.stream()
                                        .map(folder -> folder.reconstructor().adapter()))
                        .mapToLong(adapter -> (long) bytes * adapter.layout().size())
                        .max()
                        .orElse(0);
    }

    @Override
    public ModelFacts model() {
        return facts;
    }

    @Override
    public List<AdapterFacts> adapters() {
        return shelf.loaded().values().stream().map(LoadedAdapter::facts).toList();
    }

    @Override
    public List<String> loadable() {
        return shelf.loadable();
    }

    @Override
    public CompletableFuture<AdapterFacts> load(String name) {
        shelf.requireKnown(name);
        return worker.submit(new Errand<>("load", () -> read(name)));
    }

    private AdapterFacts read(String name) {
        if (shelf.loaded().containsKey(name)) {
            throw RequestException.of(Fault.CONFLICT, "the adapter '%s' is loaded already", name);
        }
        AdapterFolder folder = shelf.folder(name);
        room.require(name, folder);
        VerbalizerFolder read = VerbalizerFolder.read(folder, decoder, tokenizer);
        LoadedAdapter adapter = new LoadedAdapter(name, read, AdapterConfidence.of(folder, read, criticFolder));
        room.took(adapter);
        shelf.loaded().put(name, adapter);
        return adapter.facts();
    }

    @Override
    public CompletableFuture<Void> unload(String name) {
        LoadedAdapter adapter = shelf.get(name, "name");
        // Whoever asked before holds the adapter, and is before this in the queue.
        return worker.submit(new Errand<>("unload", () -> {
            if (shelf.loaded().remove(name, adapter)) {
                worker.append(new Errand<Void>("free", () -> {
                    adapter.weights().close();
                    room.gave(adapter);
                    return null;
                }));
            }
            return null;
        }));
    }

    @Override
    public CompletableFuture<ExtractResponse> extract(ExtractRequest request) {
        Prompt prompt = finding.prompt(request.text(), request.prompt(), "text");
        long[] tokens = prompt.tokenIds();
        request.positions().forEach(at -> new Span(at, at + 1).within(tokens.length, "positions"));
        int[] positions = request.positions().isEmpty()
                ? new int[] {tokens.length - 1}
                : request.positions().stream()
                        .mapToInt(Integer::intValue)
                        .sorted()
                        .toArray();
        CompletableFuture<List<ExtractResponse.Activation>> activations =
                request.layers().isEmpty()
                        ? CompletableFuture.completedFuture(List.of())
                        : worker.submit(extracting.work(tokens, request.layers(), positions));
        return FollowUp.then(
                activations,
                found -> new ExtractResponse(
                        finding.tokens(tokens), prompt.textStart(), finding.textEnd(prompt, request.prompt()), found));
    }

    @Override
    public CompletableFuture<DescribeResponse> describe(DescribeRequest request, Progress progress) {
        DescribeTask task = describing.work(request, shelf.get(request.adapter(), "adapter"), progress);
        return task.tokens()
                .filter(longTexts::takes)
                .map(tokens ->
                        FollowUp.after(worker.submit(longTexts.work(tokens, task.layer, progress)), task, this::again))
                .orElseGet(() -> worker.submit(task));
    }

    private void again(Work<?, ?> work) {
        worker.append(work);
    }

    @Override
    public int[] positions(DescribeRowsRequest request, int text) {
        return finding.positions(
                request, text, shelf.get(request.each().adapter(), "adapter").origin());
    }

    @Override
    public CompletableFuture<ReconstructResponse> reconstruct(ReconstructRequest request) {
        ReconstructionScorer by = scoring();
        ReconstructionScorer.Item item = by.item(
                request.description(),
                "text",
                request.against().map(target -> finding.find(target, by.origin(), "against.")));
        return FollowUp.then(worker.submit(by.work(List.of(item), request.nearest())), all -> {
            ReconstructionScorer.Scored scored = all.get(0);
            return new ReconstructResponse(
                    by.layer(), scored.vector(), scored.cosine(), scored.trip(), scored.nearest(), scored.warnings());
        });
    }

    @Override
    public CompletableFuture<SteerResponse> steer(SteerRequest request) {
        return worker.submit(steering.work(request));
    }

    @Override
    public CompletableFuture<List<GapResponse>> gap(GapRequest request) {
        ReconstructionScorer by = scoring();
        if (!by.ranks()) {
            throw RequestException.of(
                    Fault.CONFLICT,
                    "a gap needs neighbours: start the server with activations of the reconstructor's layer");
        }
        List<ReconstructionScorer.Item> items = new ArrayList<>();
        for (GapRequest.Item item : request.items()) {
            String place = "items[" + items.size() + "].";
            items.add(by.item(
                    item.description(),
                    place + "description",
                    Optional.of(finding.find(item.target(), by.origin(), place))));
        }
        return FollowUp.then(worker.submit(by.work(items, 0)), all -> all.stream()
                .map(scored -> new GapResponse(scored.trip().orElseThrow(), scored.warnings()))
                .toList());
    }

    private ReconstructionScorer scoring() {
        return scoring.orElseThrow(
                () -> RequestException.of(Fault.CONFLICT, "there is no reconstructor: start the server with one"));
    }

    @Override
    public CompletableFuture<ChatResponse> chat(ChatRequest request, Progress progress) {
        LoraAdapter adapter = request.model().equals(ChatRequest.BASE)
                ? decoder.noAdapter()
                : shelf.get(request.model(), "model").weights();
        return worker.submit(chatting.work(request, adapter, progress));
    }

    @Override
    public int waiting() {
        return worker.waiting();
    }

    @Override
    public void drain(Duration patience) {
        worker.drain(patience);
    }

    @Override
    public void close() {
        worker.close();
        shelf.loaded().values().forEach(adapter -> adapter.weights().close());
        scoring.ifPresent(ReconstructionScorer::close);
        loaded.ifPresent(LoadedActivations::close);
    }
}
