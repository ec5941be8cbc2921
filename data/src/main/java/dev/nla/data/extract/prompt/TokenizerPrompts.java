package dev.nla.data.extract.prompt;

import dev.nla.model.tokenizer.ChatTemplate;
import dev.nla.model.tokenizer.Message;
import dev.nla.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Prompts by a model's own tokenizer and, in the chat style, its chat template: one message of a user and the generation prompt. */
public final class TokenizerPrompts implements PromptEncoder {
    private final Tokenizer tokenizer;
    private final PromptStyle style;
    private final Optional<ChatTemplate> template;
    /** The tokens before every text, and those behind. */
    private final long[] head;

    private final long[] tail;

    /**
     * Prompts in a style.
     *
     * @param tokenizer stays the caller's
     * @param style how a text is put before the model
     * @throws dev.nla.model.InputException where the style is chat and the model has no chat template
     */
    public TokenizerPrompts(Tokenizer tokenizer, PromptStyle style) {
        this.tokenizer = tokenizer;
        this.style = style;
        template = style == PromptStyle.CHAT ? Optional.of(tokenizer.chatTemplate()) : Optional.empty();
        if (template.isEmpty()) {
            head = tokenizer.encodeWithSpecials("");
            tail = new long[0];
        } else {
            // What the renderings of two texts with nothing in common both begin and end with.
            String one = render("A");
            String other = render("\u4E00");
            head = tokenizer.encode(one.substring(0, Arrays.mismatch(one.toCharArray(), other.toCharArray())));
            tail = tokenizer.encode(one.substring(one.length() - commonEnd(one, other)));
        }
    }

    @Override
    public Prompt encode(String text) {
        long[] ids = template.isPresent() ? tokenizer.encode(render(text)) : tokenizer.encodeWithSpecials(text);
        return new Prompt(ids, Math.min(common(head, ids), ids.length - 1), tokenizer.encode(text).length);
    }

    @Override
    public String decode(long[] tokenIds) {
        return tokenizer.decode(tokenIds, true);
    }

    @Override
    public boolean special(long tokenId) {
        long[] token = {tokenId};
        return tokenizer.decode(token, true).isEmpty()
                && !tokenizer.decode(token, false).isEmpty();
    }

    @Override
    public String start(String text, int tokens) {
        long[] ids = tokenizer.encode(text);
        return tokenizer.decode(Arrays.copyOf(ids, Math.min(tokens, ids.length)), false);
    }

    @Override
    public PromptStyle style() {
        return style;
    }

    @Override
    public String fingerprint() {
        return tokenizer.sha256() + " " + Arrays.hashCode(tokenizer.encode(template.isPresent() ? render("text") : ""));
    }

    private String render(String text) {
        return template.orElseThrow().render(List.of(Message.user(text)), true);
    }

    @Override
    public int textEnd(Prompt prompt) {
        long[] ids = prompt.tokenIds();
        int same = 0;
        while (same < Math.min(tail.length, ids.length - prompt.textStart() - 1)
                && tail[tail.length - 1 - same] == ids[ids.length - 1 - same]) {
            same++;
        }
        return ids.length - same;
    }

    private static int commonEnd(String one, String other) {
        int same = 0;
        while (same < Math.min(one.length(), other.length())
                && one.charAt(one.length() - 1 - same) == other.charAt(other.length() - 1 - same)) {
            same++;
        }
        return same;
    }

    private static int common(long[] left, long[] right) {
        int mismatch = Arrays.mismatch(left, right);
        return mismatch < 0 ? left.length : mismatch;
    }
}
