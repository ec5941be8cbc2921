package dev.nla.train.session;

import dev.nla.model.InputException;
import dev.nla.model.injection.Marker;
import dev.nla.model.injection.VerbalizerPrompt;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.sidecar.MarkerTokens;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.train.config.adapter.VerbalizerSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The marker of new adapters: the one that the settings name, or the first candidate that stands in the prompt as one token.
 *
 * @param tokenizer reads the prompts
 * @param settings of the verbalizer, whose prompt the marker stands in
 * @param depth of the layer in percent
 */
record MarkerChoice(Tokenizer tokenizer, VerbalizerSettings settings, int depth) {
    /** The marker with the neighbours it has in the verbalizer's prompt. */
    MarkerTokens forVerbalizer() {
        if (settings.marker().isPresent()) {
            return around(VerbalizerPrompt.render(
                    tokenizer,
                    settings.avTemplate(),
                    settings.chatTemplate(),
                    settings.marker().get(),
                    depth));
        }
        return around(firstThatStands()
                .orElseThrow(() -> InputException.usage(
                        "marker is auto but none of %s is one token of this tokenizer, once in the verbalizer's prompt:"
                                + " set a character that is",
                        Marker.CANDIDATES)));
    }

    /** The same, which kitft's loader asks of both adapters; alone where no verbalizer's prompt can be rendered. */
    MarkerTokens forReconstructor(String template) {
        try {
            return forVerbalizer();
        } catch (InputException e) {
            return alone(template);
        }
    }

    private Optional<VerbalizerPrompt> firstThatStands() {
        return VerbalizerPrompt.renderFirst(
                tokenizer, settings.avTemplate(), settings.chatTemplate(), Marker.CANDIDATES, depth);
    }

    /** The marker as it ends a reconstructor's prompt. */
    private MarkerTokens alone(String template) {
        List<String> tried = settings.marker().map(List::of).orElse(Marker.CANDIDATES);
        String text = tried.stream()
                .filter(it -> Marker.standsIn(tokenizer, it, ending(template, it)))
                .findFirst()
                .orElse(tried.get(0));
        long id = Marker.lastIn(tokenizer, text, ending(template, text)).id();
        return new MarkerTokens(text, id, OptionalLong.empty(), OptionalLong.empty());
    }

    private long[] ending(String template, String marker) {
        return tokenizer.encodeWithSpecials(template.replace(Reconstructor.FIELD, "") + marker);
    }

    private static MarkerTokens around(VerbalizerPrompt prompt) {
        long[] prefix = prompt.prefix();
        OptionalLong left = prefix.length == 0 ? OptionalLong.empty() : OptionalLong.of(prefix[prefix.length - 1]);
        OptionalLong right = prompt.suffix().length < 2 ? OptionalLong.empty() : OptionalLong.of(prompt.suffix()[1]);
        Marker marker = prompt.marker();
        return new MarkerTokens(marker.text(), marker.id(), left, right);
    }
}
