package dev.nla.serve.engine;

import dev.nla.model.InputException;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.EmbeddedTokens;
import dev.nla.model.decoder.memory.PassBudget;
import dev.nla.model.decoder.memory.PassMemory.Writing;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.ChatRequest;
import dev.nla.serve.api.response.ChatResponse;
import dev.nla.serve.api.response.Progress;
import dev.nla.serve.api.response.Usage;
import dev.nla.serve.engine.work.BatchParts;
import dev.nla.serve.engine.work.Work;
import dev.nla.serve.engine.work.WorkObserver;
import java.util.ArrayList;
import java.util.List;

/** Goes on with conversations; on the worker, those with one adapter, one way of sampling and equally long prompts together. */
final class ChatWork {
    private final Decoder decoder;
    private final Tokenizer tokenizer;
    private final PassBudget budget;
    private final WorkObserver observer;

    ChatWork(Decoder decoder, Tokenizer tokenizer, PassBudget budget, WorkObserver observer) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.budget = budget;
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
        Writing writing = writing(request, prompt.length, limit);
        requireMemory(writing);
        return new Task(
                new Work.Kind<>("chat", key, budget.prompts(writing, request.choices()), this::run),
                new Conversation(request, prompt, limit),
                adapter,
                tokenizer,
                progress);
    }

    private static Writing writing(ChatRequest request, int prompt, int limit) {
        return new Writing(0, prompt, limit, request.sampling().topP() < 1);
    }

    private void requireMemory(Writing writing) {
        int limit = budget.limit(writing);
        if (limit == 0) {
            throw RequestException.invalid(
                    "messages",
                    "have %d tokens, more than this server has memory for: shorten them, or give it more memory",
                    writing.prompt());
        }
        if (limit < writing.limit()) {
            throw RequestException.invalid(
                    "max_tokens",
                    "%d new tokens after a conversation of %d are more than this server has memory for: ask for at most %d, or give it more memory",
                    writing.limit(),
                    writing.prompt(),
                    limit);
        }
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
    static final class Task extends Work<Task, ChatResponse> implements CompletionWriter.Writer {
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
            return progress.texts();
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
                progress.written(sample, cut.length() < text.length() ? cut : ShownText.shown(text, stops));
            }
            return cut.length() < text.length();
        }

        private ChatResponse.Choice choice(Completion completion) {
            String text = tokenizer.decode(completion.tokens(), true);
            String cut = cut(text, conversation.request().stops());
            boolean stopped = completion.stopped() || cut.length() < text.length();
            return new ChatResponse.Choice(cut, stopped ? "stop" : "length");
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
        int choices = batch.get(0).conversation.request().choices();
        BatchParts.parts(batch, part -> budget.prompts(writing(part), choices) >= part.size())
                .forEach(this::write);
    }

    /** The longest of conversations whose prompts are equally long. */
    private static Writing writing(List<Task> batch) {
        Conversation first = batch.get(0).conversation;
        int longest = batch.stream().mapToInt(Task::maxNewTokens).max().orElseThrow();
        return writing(first.request(), first.prompt().length, longest);
    }

    private void write(List<Task> batch) {
        ChatRequest first = batch.get(0).conversation.request();
        Writing writing = writing(batch);
        GenerationRequest request = new GenerationRequest(
                new long[0],
                batch.stream().map(task -> task.conversation.prompt()).toList(),
                new float[0][],
                0,
                first.choices(),
                new Sampling(first.sampling().temperature(), 0, first.sampling().topP(), writing.limit()),
                batch.stream()
                        .mapToLong(task -> task.conversation.request().seed())
                        .toArray(),
                decoder.config().eosSequences());
        List<Completion> completions = CompletionWriter.run(
                decoder, request, batch.get(0).adapter, budget.samples(writing, batch.size()), batch);
        for (int i = 0; i < batch.size(); i++) {
            finish(batch.get(i), completions.subList(i * first.choices(), (i + 1) * first.choices()));
        }
    }

    private void finish(Task task, List<Completion> completions) {
        List<ChatResponse.Choice> answers = new ArrayList<>();
        completions.forEach(completion -> answers.add(task.choice(completion)));
        int written =
                completions.stream().mapToInt(each -> each.tokens().length).sum();
        observer.wrote(written);
        task.result().complete(new ChatResponse(answers, new Usage(task.conversation.prompt().length, written)));
    }
}
