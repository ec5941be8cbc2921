package dev.nla.model.sidecar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.files.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which activations of texts: how the texts were put before the base model, and at which tokens the activations were taken. Datasets say
 * it of their rows, adapters of what they were trained on; each part only where it is known.
 *
 * @param prompt {@code chat} or {@code raw}
 * @param position {@code last}, {@code all}, {@code sample:N}, {@code every:N} or {@code A:B}
 * @param skipFirst how many tokens at the start of each text gave none; 0 where nothing is said
 */
public record ActivationOrigin(Optional<String> prompt, Optional<String> position, int skipFirst) {
    static final String PROMPT = "extraction.prompt";
    static final String POSITION = "extraction.position";
    static final String SKIP_FIRST = "extraction.skip_first";

    private static final String LAST = "last";
    private static final Pattern PROMPTS = Pattern.compile("chat|raw");
    private static final Pattern POSITIONS =
            Pattern.compile("last|all|(sample|every):[0-9]{1,6}|[0-9]{1,8}:[0-9]{1,8}");

    /** Nothing is known. */
    public static final ActivationOrigin UNKNOWN = new ActivationOrigin(Optional.empty(), Optional.empty(), 0);

    /** Checks the spellings. */
    public ActivationOrigin {
        if (!prompt.stream().allMatch(PROMPTS.asMatchPredicate())
                || !position.stream().allMatch(POSITIONS.asMatchPredicate())
                || skipFirst < 0) {
            throw new IllegalArgumentException("no activations are at " + position + " of " + prompt + " prompts, "
                    + skipFirst + " tokens skipped");
        }
    }

    /** Whether a text says which tokens. */
    public static boolean isPosition(String text) {
        return POSITIONS.matcher(text).matches();
    }

    /** What a sidecar says, where each key has a spelling that is known. */
    static ActivationOrigin read(Document document) {
        Optional<String> prompt = document.text(PROMPT);
        Optional<String> position = document.text(POSITION);
        if (!prompt.stream().allMatch(PROMPTS.asMatchPredicate())) {
            throw document.wrong(PROMPT, "chat or raw");
        }
        if (!position.stream().allMatch(POSITIONS.asMatchPredicate())) {
            throw document.wrong(POSITION, "last, all, sample:N, every:N or A:B");
        }
        return new ActivationOrigin(
                prompt,
                position,
                document.integer(SKIP_FIRST, 0, Integer.MAX_VALUE).orElse(0));
    }

    /** What some texts say; one with another spelling, such as an importer may have kept, says nothing. */
    static ActivationOrigin of(Optional<String> prompt, Optional<String> position, Optional<String> skipFirst) {
        return new ActivationOrigin(
                prompt.filter(PROMPTS.asMatchPredicate()),
                position.filter(POSITIONS.asMatchPredicate()),
                skipFirst
                        .filter(text -> text.matches("[0-9]{1,9}"))
                        .map(Integer::valueOf)
                        .orElse(0));
    }

    void write(ObjectNode extraction) {
        prompt.ifPresent(style -> extraction.put("prompt", style));
        position.ifPresent(which -> extraction.put("position", which));
        if (skipFirst > 0) {
            extraction.put("skip_first", skipFirst);
        }
    }

    /** Whether anything is known. */
    public boolean known() {
        return prompt.isPresent() || position.isPresent();
    }

    /** Whether activations at the last token of prompts were taken and no others. */
    public boolean onlyLast() {
        return position.filter(LAST::equals).isPresent();
    }

    /** This, with what {@code other} says where this says nothing. */
    public ActivationOrigin or(ActivationOrigin other) {
        return new ActivationOrigin(
                prompt.or(other::prompt),
                position.or(other::position),
                position.isPresent() ? skipFirst : other.skipFirst);
    }

    /**
     * In what way activations differ from these, a line each such as "activations of chat prompts, these are of raw ones". Activations at
     * last tokens are among those at all tokens.
     */
    public List<String> differences(ActivationOrigin others) {
        List<String> differences = new ArrayList<>();
        others.prompt.flatMap(this::otherPrompt).ifPresent(differences::add);
        if (onlyLast() && others.position.isPresent() && !others.onlyLast()) {
            differences.add("activations at the last token of prompts, these are at " + where(others.position.get()));
        }
        return differences;
    }

    /** Whether an adapter of these would go on with activations of another kind: of other prompts, or at last tokens and others. */
    public boolean mixes(ActivationOrigin others) {
        boolean otherKind = position.isPresent() && others.position.isPresent() && onlyLast() != others.onlyLast();
        return otherKind || others.prompt.flatMap(this::otherPrompt).isPresent();
    }

    /** What to say where activations of prompts of another style are given; nothing where it is the same or not known. */
    public Optional<String> otherPrompt(String style) {
        return prompt.filter(own -> !own.equals(style))
                .map(own -> "activations of " + own + " prompts, these are of " + style + " ones");
    }

    /**
     * What to say of the activation at some tokens of a prompt, or the mean over them; nothing where such ones were taken or it is not known.
     *
     * @param begin the first token
     * @param end one past the last
     * @param length tokens of the prompt
     * @param first the first token that gave an activation, by {@link #skipFirst}
     */
    public Optional<String> otherPosition(int begin, int end, int length, int first) {
        String here = end - begin == 1 ? "token " + begin : "tokens " + begin + " to " + (end - 1);
        if (onlyLast() && (begin != length - 1 || end != length)) {
            return Optional.of("activations at the last token of prompts, this one is at %s of 0 to %d"
                    .formatted(here, length - 1));
        }
        return position.filter(which -> begin < first)
                .map(which -> "activations of texts from token %d on, this one is at %s".formatted(first, here));
    }

    /** In words, for example "last token of chat prompts"; empty where nothing is known. */
    public Optional<String> text() {
        if (!known()) {
            return Optional.empty();
        }
        String tokens = position.map(ActivationOrigin::where).orElse("unknown tokens");
        String prompts = prompt.map(style -> style + " prompts").orElse("prompts");
        return Optional.of(tokens + " of " + prompts + (skipFirst > 0 ? ", the first " + skipFirst + " skipped" : ""));
    }

    private static String where(String position) {
        String number = position.substring(position.indexOf(':') + 1);
        return switch (position.replaceAll("[0-9]+", "N")) {
            case LAST -> "the last token";
            case "all" -> "all tokens";
            case "sample:N" -> number + " drawn tokens a text";
            case "every:N" -> "every " + number + "th token";
            default -> "tokens " + position.replace(":", " to ");
        };
    }
}
