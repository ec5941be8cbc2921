package dev.nla.serve.engine;

import dev.nla.data.extract.prompt.NamedPrompts;
import dev.nla.data.extract.prompt.Prompt;
import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.prompt.UnlikeOrigin;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.model.InputException;
import dev.nla.model.decoder.memory.PassBudget;
import dev.nla.model.decoder.memory.TokenRows;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.tokenizer.TokenPieces;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.DescribeRowsRequest;
import dev.nla.serve.api.request.RequestedPositions;
import dev.nla.serve.api.request.Span;
import dev.nla.serve.api.request.Target;
import dev.nla.serve.api.response.DescribeResponse.Place;
import dev.nla.serve.api.response.ExtractResponse.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Finds the activations that requests name: texts become tokens on the thread that asks, and activations on the worker's. */
final class ActivationReader {
    /** Texts that are read in one call. */
    private static final int AT_ONCE = 16;
    /** Texts whose tokens are kept, and letters of the longest of them. */
    private static final int RECENT = 16;

    private static final int LONGEST_RECENT = 1 << 17;

    private final Tokenizer tokenizer;
    private final DecoderSource source;
    private final PassBudget budget;
    private final Optional<LoadedActivations> loaded;
    private final KeptTexts kept;
    private final LongTexts longTexts;

    private final Map<PromptStyle, PromptEncoder> encoders = new ConcurrentHashMap<>();

    /** Texts that were tokenized last: who asks for one token often asks for another. */
    private final Map<Shown, Prompt> recent = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Shown, Prompt> eldest) {
            return size() > RECENT;
        }
    });

    /** A text and how it is put before the model. */
    private record Shown(String text, PromptStyle style) {}

    /** Reads with a model; tokenizer and source stay the caller's. */
    ActivationReader(
            Tokenizer tokenizer,
            DecoderSource source,
            PassBudget budget,
            Optional<LoadedActivations> loaded,
            KeptTexts kept,
            LongTexts longTexts) {
        this.tokenizer = tokenizer;
        this.source = source;
        this.budget = budget;
        this.loaded = loaded;
        this.kept = kept;
        this.longTexts = longTexts;
    }

    /** An activation: known already, or to be read. */
    sealed interface Found {
        /** Where it is in a text. */
        Optional<Place> place();

        /** The block it is known to be of; empty where it is to be read, of any. */
        Optional<Integer> layer();

        /** In what way it is another than those an adapter was trained on, a line each. */
        List<String> unlike(ActivationOrigin trained);

        /**
         * Known.
         *
         * @param vector {@code [d]}
         * @param origin where it comes from, as far as that is known
         * @param layer the block it is of, where that is known
         */
        record Known(float[] vector, ActivationOrigin origin, Optional<Integer> layer) implements Found {
            @Override
            public Optional<Place> place() {
                return Optional.empty();
            }

            @Override
            public List<String> unlike(ActivationOrigin trained) {
                return trained.differences(origin);
            }
        }

        /**
         * To be read.
         *
         * @param encoder rendered the prompt
         * @param prompt the whole of it
         * @param at which of its tokens, and their text
         */
        record Unread(PromptEncoder encoder, Prompt prompt, Place at) implements Found {
            long[] tokens() {
                return prompt.tokenIds();
            }

            @Override
            public Optional<Place> place() {
                return Optional.of(at);
            }

            @Override
            public Optional<Integer> layer() {
                return Optional.empty();
            }

            @Override
            public List<String> unlike(ActivationOrigin trained) {
                return UnlikeOrigin.of(
                        trained, encoder, prompt, at.span().begin(), at.span().end());
            }
        }
    }

    /**
     * Looks a target up, or tokenizes it; may be called by several threads.
     *
     * @param reader which activations the adapter was trained on: a text that says nothing else is rendered as there
     * @param place what stands before its parameters' names in complaints, empty for the request itself
     */
    Found find(Target target, ActivationOrigin reader, String place) {
        if (target instanceof Target.OfVector known) {
            return new Found.Known(known.vector(), ActivationOrigin.UNKNOWN, Optional.empty());
        }
        if (target instanceof Target.OfRow row) {
            LoadedActivations rows = loaded.orElseThrow(() -> RequestException.invalid(
                    place + "id", "there are no loaded activations: start the server with some"));
            return new Found.Known(rows.activation(row.id()), rows.origin(), Optional.of(rows.layer()));
        }
        Target.OfText text = (Target.OfText) target;
        PromptStyle style = text.prompt().orElse(PromptStyle.of(reader));
        Prompt prompt = prompt(text.text(), style, place + "text");
        long[] tokens = prompt.tokenIds();
        Span span = text.span()
                .orElse(new Span(tokens.length - 1, tokens.length))
                .within(tokens.length, place + "position");
        String words = tokenizer.decode(Arrays.copyOfRange(tokens, span.begin(), span.end()), false);
        return new Found.Unread(encoder(style), prompt, new Place(style, span, words));
    }

    /** The tokens of one of a request's texts that are asked for, ascending. */
    int[] positions(DescribeRowsRequest request, int text, ActivationOrigin reader) {
        PromptStyle style = request.prompt().orElse(PromptStyle.of(reader));
        Prompt prompt = prompt(request.texts().get(text), style, request.listed() ? "texts[" + text + "]" : "text");
        if (request.positions() instanceof RequestedPositions.Listed listed) {
            listed.tokens().forEach(at -> new Span(at, at + 1).within(prompt.length(), "positions"));
            return listed.tokens().stream().mapToInt(Integer::intValue).toArray();
        }
        RequestedPositions.ByRule which = (RequestedPositions.ByRule) request.positions();
        int first = encoder(style).firstToken(prompt, style.skipFirst(reader));
        return which.rule()
                .choose(prompt, first, request.texts().get(text), request.each().seed());
    }

    /** The tokens of a text as the model reads it; refuses one that does not fit. */
    Prompt prompt(String text, PromptStyle style, String parameter) {
        Shown shown = new Shown(text, style);
        Prompt known = recent.get(shown);
        if (known != null) {
            return known;
        }
        Prompt prompt = tokenized(text, style, parameter);
        if (text.length() <= LONGEST_RECENT) {
            recent.put(shown, prompt);
        }
        return prompt;
    }

    private Prompt tokenized(String text, PromptStyle style, String parameter) {
        Prompt prompt = encoded(encoder(style), text, parameter);
        if (prompt.length() > source.contextLength()) {
            throw RequestException.invalid(
                    parameter,
                    "has %d tokens, more than the model's %d: shorten it",
                    prompt.length(),
                    source.contextLength());
        }
        requireMemory(prompt.length(), parameter);
        return prompt;
    }

    /** Renders texts in a style; made once, since that renders the template. */
    private PromptEncoder encoder(PromptStyle style) {
        return encoders.computeIfAbsent(style, each -> new TokenizerPrompts(tokenizer, each));
    }

    /** Where the text of a prompt ends, and what stands behind every text begins. */
    int textEnd(Prompt prompt, PromptStyle style) {
        return encoder(style).textEnd(prompt);
    }

    /** Refuses a text that the model could read, but not in the memory that there is. */
    void requireMemory(int tokens, String parameter) {
        if (!budget.reads(tokens)) {
            throw RequestException.invalid(
                    parameter,
                    "has %d tokens, more than the %d that this server has memory for: shorten it, or give it more memory",
                    tokens,
                    budget.longest());
        }
    }

    private Prompt encoded(PromptEncoder encoder, String text, String parameter) {
        try {
            return new NamedPrompts(encoder, source.vocabularySize()).encode(parameter, text);
        } catch (InputException e) {
            throw RequestException.invalid(parameter, "%s", e.getMessage());
        }
    }

    /** Tokens with what each adds to the text; one in the middle of a letter adds nothing. */
    List<Token> tokens(long[] ids) {
        List<String> pieces = TokenPieces.of(tokenizer, ids);
        return IntStream.range(0, ids.length)
                .mapToObj(i -> new Token(ids[i], pieces.get(i)))
                .toList();
    }

    /** The activations of a block, each the mean over its span, {@code [n][d]}; on the worker. */
    float[][] vectors(List<Found> found, int layer) {
        float[][] out = new float[found.size()][];
        List<Integer> unread = new ArrayList<>();
        for (int i = 0; i < out.length; i++) {
            if (found.get(i) instanceof Found.Known known) {
                out[i] = known.vector();
            } else {
                unread.add(i);
            }
        }
        List<Found.Unread> texts =
                unread.stream().map(i -> (Found.Unread) found.get(i)).toList();
        float[][] read = read(texts, layer);
        for (int k = 0; k < read.length; k++) {
            out[unread.get(k)] = read[k];
        }
        return out;
    }

    /**
     * The activations of texts, each the mean over its span. A text that was asked for before is read whole, and kept; so is one that comes alone, since
     * the last digits of what is read in another way are others, and the same request gets the same answer.
     */
    private float[][] read(List<Found.Unread> texts, int layer) {
        float[][] out = new float[texts.size()][];
        List<Integer> alone = new ArrayList<>();
        texts.forEach(text -> kept.ask(text.tokens(), layer));
        for (int i = 0; i < out.length; i++) {
            long[] tokens = texts.get(i).tokens();
            boolean whole = out.length == 1
                    ? kept.fits(tokens, source.dimension())
                    : kept.worthAll(tokens, layer, source.dimension());
            if (whole && kept.find(tokens, layer).isEmpty()) {
                kept.keep(tokens, layer, whole(tokens, layer));
            }
            Span span = texts.get(i).at().span();
            Optional<float[][]> known = kept.find(tokens, layer);
            if (known.isPresent()) {
                out[i] = DecoderSource.mean(Arrays.copyOfRange(known.get(), span.begin(), span.end()));
            } else {
                alone.add(i);
            }
        }
        List<long[]> tokens = alone.stream().map(i -> texts.get(i).tokens()).toList();
        List<int[]> spans =
                alone.stream().map(i -> positions(texts.get(i).at().span())).toList();
        for (TokenRows.Part part : parts(tokens)) {
            float[][] means = source.means(
                    tokens.subList(part.begin(), part.end()),
                    layer,
                    spans.subList(part.begin(), part.end()).toArray(int[][]::new));
            for (int k = 0; k < means.length; k++) {
                out[alone.get(part.begin() + k)] = means[k];
            }
        }
        return out;
    }

    /** A text's activations at every token. */
    private float[][] whole(long[] tokens, int layer) {
        int[] all = IntStream.range(0, tokens.length).toArray();
        return longTexts.takes(tokens)
                ? longTexts.whole(tokens, layer)
                : source.capture(List.of(tokens), layer, new int[][] {all});
    }

    private List<TokenRows.Part> parts(List<long[]> tokens) {
        return budget.parts(tokens.stream().mapToInt(ids -> ids.length).toArray(), AT_ONCE);
    }

    private static int[] positions(Span span) {
        return IntStream.range(span.begin(), span.end()).toArray();
    }

    /** Activations of a block at some ascending places of texts, {@code [texts][places][d]}; on the worker. */
    float[][][] vectors(List<long[]> tokens, int layer, List<int[]> places) {
        float[][][] out = new float[tokens.size()][][];
        for (TokenRows.Part part : parts(tokens)) {
            int begin = part.begin();
            int end = part.end();
            float[][] read = source.capture(
                    tokens.subList(begin, end),
                    layer,
                    places.subList(begin, end).toArray(int[][]::new));
            int at = 0;
            for (int i = begin; i < end; i++) {
                int count = places.get(i).length;
                out[i] = Arrays.copyOfRange(read, at, at + count);
                at += count;
            }
        }
        return out;
    }
}
