package dev.nla.data.extract.prompt;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.sidecar.ActivationOrigin;
import java.util.Locale;

/** How a text is put before the model. */
public enum PromptStyle {
    /** As the one message of a user in the model's chat template, with the generation prompt behind it. */
    CHAT,
    /** As it is, with the special tokens the tokenizer adds. */
    RAW;

    /** How many tokens at the start of a text give no activation where nothing else is said: in raw texts the first is an attention sink. */
    public int skipFirst() {
        return this == RAW ? 1 : 0;
    }

    /** The same where activations are read for an adapter that was trained on some: one that was trained on any token says it. */
    public int skipFirst(ActivationOrigin trained) {
        return trained.position().isPresent() && !trained.onlyLast() ? trained.skipFirst() : skipFirst();
    }

    /** The name in flags and files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The style of the prompts that an adapter was trained on; chat where it does not say. */
    public static PromptStyle of(ActivationOrigin trained) {
        return trained.prompt().map(PromptStyle::parse).orElse(CHAT);
    }

    /** Reads {@code chat} or {@code raw}. */
    public static PromptStyle parse(String label) {
        return switch (label) {
            case "chat" -> CHAT;
            case "raw" -> RAW;
            default -> throw InputException.usage("%s %s: chat or raw was expected", Key.of("prompt"), label);
        };
    }
}
