package dev.nla.serve.engine;

import dev.nla.data.extract.prompt.NamedPrompts;
import dev.nla.data.extract.prompt.Prompt;
import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.model.InputException;
import dev.nla.model.decoder.memory.PassBudget;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Finds the activations that requests name, and makes texts into tokens. Safe for use by several threads: those that ask. */
final class TargetFinder {
    /** Texts whose tokens are kept, and letters of the longest of them. */
    private static final int RECENT = 16;

    private static final int LONGEST_RECENT = 1 << 17;

    private final Tokenizer tokenizer;
    private final DecoderSource source;
    private final PassBudget budget;
    private final Optional<LoadedActivations> loaded;

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

    /** Finds texts for a model, which is only asked what it can read, and rows; all stay the caller's. */
    TargetFinder(Tokenizer tokenizer, DecoderSource source, PassBudget budget, Optional<LoadedActivations> loaded) {
        this.tokenizer = tokenizer;
        this.source = source;
        this.budget = budget;
        this.loaded = loaded;
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
}
