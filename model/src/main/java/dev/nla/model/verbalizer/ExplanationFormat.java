package dev.nla.model.verbalizer;

import dev.nla.model.generation.Completion;
import dev.nla.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a description is written as tokens, where generation stops, and how a completion is read back.
 *
 * @param tokenizer stays the caller's
 * @param marker never accepted inside a description
 * @param endOfText the model's end tokens; the first is trained after the closing tag
 * @param opensItself whether the model writes the opening tag, because the prompt does not end with it
 */
public record ExplanationFormat(Tokenizer tokenizer, String marker, List<Long> endOfText, boolean opensItself)
        implements CompletionReader {
    /** Copies the list. */
    public ExplanationFormat {
        endOfText = List.copyOf(endOfText);
    }

    /** What in a text keeps it from being read back as a description: the marker or one of the tags; empty where nothing does. */
    public Optional<String> foreign(String description) {
        return Stream.of(marker, Explanation.OPENING, Explanation.CLOSING)
                .filter(description::contains)
                .findFirst();
    }

    /** The tokens that a verbalizer learns to write for a description, closing tag and end token included. */
    public long[] response(String description) {
        String text =
                (opensItself ? Explanation.OPENING : "") + "\n" + description.strip() + "\n" + Explanation.CLOSING;
        long[] tokens = tokenizer.encode(text);
        if (endOfText.isEmpty()) {
            return tokens;
        }
        long[] closed = Arrays.copyOf(tokens, tokens.length + 1);
        closed[tokens.length] = endOfText.get(0);
        return closed;
    }

    /** Token sequences that end generation: end of text, and the closing tag as it is split behind various characters. */
    @Override
    public List<long[]> stops() {
        Set<List<Long>> stops = new LinkedHashSet<>();
        endOfText.forEach(id -> stops.add(List.of(id)));
        for (String before :
                List.of("\n", "", " ", ".", ",", ";", ":", ")", "]", "\"", "'", "!", "?", "•", ".\n", "\n\n", "-")) {
            stops.add(closingTokens("a" + before));
        }
        return stops.stream()
                .map(stop -> stop.stream().mapToLong(Long::longValue).toArray())
                .toList();
    }

    /** The last tokens of {@code before + Explanation.CLOSING} that together hold the closing tag. */
    private List<Long> closingTokens(String before) {
        long[] tokens = tokenizer.encode(before + Explanation.CLOSING);
        int begin = tokens.length - 1;
        while (begin > 0 && !decode(tokens, begin, tokens.length).contains(Explanation.CLOSING)) {
            begin--;
        }
        List<Long> out = new ArrayList<>();
        for (int i = begin; i < tokens.length; i++) {
            out.add(tokens[i]);
        }
        return out;
    }

    /** Reads a completion. One that was closed in unusual tokens and ran on is cut where the closing tag ends. */
    @Override
    public Description read(Completion completion) {
        Completion used = cut(completion);
        String written = tokenizer.decode(used.tokens(), true);
        Explanation explanation = Explanation.read(written, marker);
        if (explanation instanceof Explanation.Readable readable) {
            return new Description(readable.text(), Optional.empty(), used);
        }
        String rest = written.replace(Explanation.OPENING, "").replace(Explanation.CLOSING, "");
        return new Description(rest.strip(), Optional.of(((Explanation.Unreadable) explanation).defect()), used);
    }

    /**
     * Where in a description's text each token of its completion ends: 0 for tokens before the text, its length for tokens behind it.
     *
     * @param description as {@link #read} gives it
     */
    public int[] tokenEnds(Description description) {
        long[] tokens = description.completion().tokens();
        String text = description.text();
        int begin = Math.max(0, tokenizer.decode(tokens, true).indexOf(text));
        int[] ends = new int[tokens.length];
        for (int i = 0; i < ends.length; i++) {
            ends[i] =
                    Math.max(0, Math.min(text.length(), decode(tokens, 0, i + 1).length() - begin));
        }
        return ends;
    }

    private Completion cut(Completion completion) {
        long[] tokens = completion.tokens();
        int length = tokens.length;
        if (!decode(tokens, 0, length).contains(Explanation.CLOSING)) {
            return completion;
        }
        while (decode(tokens, 0, length - 1).contains(Explanation.CLOSING)) {
            length--;
        }
        return new Completion(
                Arrays.copyOf(tokens, length), Arrays.copyOf(completion.logProbabilities(), length), true);
    }

    private String decode(long[] tokens, int begin, int end) {
        return tokenizer.decode(Arrays.copyOfRange(tokens, begin, end), true);
    }
}
