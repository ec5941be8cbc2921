package dev.nla.serve.engine;

import dev.nla.model.InputException;
import dev.nla.model.decoder.CacheBudget;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.EmbeddedTokens;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.serve.api.Answered;
import dev.nla.serve.api.ChatRequest;
import dev.nla.serve.api.Progress;
import dev.nla.serve.api.RequestException;
import dev.nla.serve.api.Usage;
import java.util.ArrayList;
import java.util.List;

/** Goes on with conversations; on the worker, those with one adapter, one way of sampling and equally long prompts together. */
final class Chatting {
    private final Decoder decoder;
    private final Tokenizer tokenizer;
    private final WorkObserver observer;

    Chatting(Decoder decoder, Tokenizer tokenizer, WorkObserver observer) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.observer = observer;
    }

    private record Key(LoraAdapter adapter, float temperature, float topP, int choices, int tokens) {}

    /** A request as work; may be called by several threads. */
    Task work(ChatRequest request, LoraAdapter adapter, Progress progress) {
        long[] prompt = prompt(request);
        int room = decoder.config().maxPositions() - prompt.length;
        if (room < 1) {
            throw RequestException.invalid(
                    "messages",
                    "have %d tokens, more than the model's %d with one more to write: shorten them",
                    prompt.length,
                    decoder.config().maxPositions());
        }
        Sampling sampling = request.sampling();
        int limit = Math.min(room, sampling.maxNewTokens());
        Key key = new Key(adapter, sampling.temperature(), sampling.topP(), request.choices(), prompt.length);
        int most = CacheBudget.completions(decoder.config(), decoder.computeType(), prompt.length + limit)
                / request.choices();
        return new Task(
                new Work.Kind<>("chat", key, Math.max(1, most), this::run),
                new Conversation(request, prompt, limit),
                adapter,
                tokenizer,
                progress);
    }

    private long[] prompt(ChatRequest request) {
        try {
            long[] tokens = tokenizer.encode(tokenizer.chatTemplate().render(request.messages(), true));
            EmbeddedTokens.require("messages", tokens, decoder.config().vocabularySize());
            return tokens;
        } catch (InputException e) {
            throw RequestException.invalid("messages", "%s", e.getMessage());
        }
    }

    /**
     * A request ready to be worked on.
     *
     * @param prompt its tokens
     * @param limit most tokens of an answer
     */
    record Conversation(ChatRequest request, long[] prompt, int limit) {}

    /** A request. */
    static final class Task extends Work<Task, Answered> implements Decoding.Writer {
        private final Conversation conversation;
        private final LoraAdapter adapter;
        private final Tokenizer tokenizer;
        private final Progress progress;

        Task(Kind<Task> kind, Conversation conversation, LoraAdapter adapter, Tokenizer tokenizer, Progress progress) {
            super(kind);
            this.conversation = conversation;
            this.adapter = adapter;
            this.tokenizer = tokenizer;
            this.progress = progress;
        }

        @Override
        public int maxNewTokens() {
            return conversation.limit();
        }

        @Override
        public boolean shown() {
            return progress != Progress.NONE;
        }

        @Override
        public boolean grown(int sample, Completion soFar) {
            List<String> stops = conversation.request().stops();
            if (!shown() && stops.isEmpty()) {
                return false;
            }
            String text = tokenizer.decode(soFar.tokens(), true);
            String cut = cut(text, stops);
            if (shown()) {
                progress.written(sample, cut.length() < text.length() ? cut : HeldBack.shown(text, stops));
            }
            return cut.length() < text.length();
        }

        private Answered.Choice choice(Completion completion) {
            String text = tokenizer.decode(completion.tokens(), true);
            String cut = cut(text, conversation.request().stops());
            boolean stopped = completion.stopped() || cut.length() < text.length();
            return new Answered.Choice(cut, stopped ? "stop" : "length");
        }

        private static String cut(String text, List<String> stops) {
            int end = stops.stream()
                    .mapToInt(text::indexOf)
                    .filter(at -> at >= 0)
                    .min()
                    .orElse(text.length());
            return text.substring(0, end);
        }
    }

    private void run(List<Task> batch) {
        int length = batch.get(0).conversation.prompt().length;
        int longest = batch.stream().mapToInt(Task::maxNewTokens).max().orElseThrow();
        int choices = batch.get(0).conversation.request().choices();
        int atOnce = Math.max(
                1, CacheBudget.completions(decoder.config(), decoder.computeType(), length + longest) / batch.size());
        List<List<Completion>> completions = new ArrayList<>();
        batch.forEach(task -> completions.add(new ArrayList<>()));
        // Each answer has keys and values of the whole prompt for its own: many answers to a long one are written in
        // parts.
        for (int begin = 0; begin < choices; begin += atOnce) {
            int count = Math.min(atOnce, choices - begin);
            List<Completion> part =
                    Decoding.run(decoder, request(batch, begin, count, longest), batch.get(0).adapter, batch);
            for (int i = 0; i < batch.size(); i++) {
                completions.get(i).addAll(part.subList(i * count, (i + 1) * count));
            }
        }
        for (int i = 0; i < batch.size(); i++) {
            finish(batch.get(i), completions.get(i));
        }
    }

    /** Some answers of each of a batch's conversations. */
    private GenerationRequest request(List<Task> batch, int firstChoice, int choices, int longest) {
        Sampling sampling = batch.get(0).conversation.request().sampling();
        return new GenerationRequest(
                new long[0],
                batch.stream().map(task -> task.conversation.prompt()).toList(),
                new float[0][],
                0,
                choices,
                firstChoice,
                new Sampling(sampling.temperature(), 0, sampling.topP(), longest),
                batch.stream()
                        .mapToLong(task -> task.conversation.request().seed())
                        .toArray(),
                decoder.config().eosSequences());
    }

    private void finish(Task task, List<Completion> completions) {
        List<Answered.Choice> answers = new ArrayList<>();
        completions.forEach(completion -> answers.add(task.choice(completion)));
        int written =
                completions.stream().mapToInt(each -> each.tokens().length).sum();
        observer.wrote(written);
        task.result().complete(new Answered(answers, new Usage(task.conversation.prompt().length, written)));
    }
}
