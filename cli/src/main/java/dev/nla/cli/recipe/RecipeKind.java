package dev.nla.cli.recipe;

import dev.nla.model.InputException;
import java.util.List;

/** Which activations a verbalizer is made for. */
enum RecipeKind {
    /** Those at any token of plain texts. */
    ANY_POSITION("any-position", "any-position", "raw"),
    /** Those at the last token of chats. */
    LAST_TOKEN("last-token", "smollm2-135m", "chat");

    private final String label;
    private final String presets;
    private final String prompt;

    RecipeKind(String label, String presets, String prompt) {
        this.label = label;
        this.presets = presets;
        this.prompt = prompt;
    }

    /** The name on the command line. */
    String label() {
        return label;
    }

    /** The folder below {@code configs} whose settings are filled in. */
    String presets() {
        return presets;
    }

    /** How texts are put before the model. */
    String prompt() {
        return prompt;
    }

    static List<String> labels() {
        return List.of(ANY_POSITION.label, LAST_TOKEN.label);
    }

    static RecipeKind parse(String label) {
        for (RecipeKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw InputException.usage("recipe '%s': expected %s", label, String.join(" or ", labels()));
    }
}
