package dev.nla.model.verbalizer;

import dev.nla.model.generation.Completion;
import dev.nla.model.tokenizer.Tokenizer;
import java.util.List;
import java.util.Optional;

/**
 * Takes every completion as it stands and never stops before the limit: the same amount of work whatever the model says, for measuring.
 *
 * @param tokenizer stays the caller's
 */
public record RawText(Tokenizer tokenizer) implements CompletionReader {
    @Override
    public List<long[]> stops() {
        return List.of();
    }

    @Override
    public Description read(Completion completion) {
        return new Description(tokenizer.decode(completion.tokens(), true).strip(), Optional.empty(), completion);
    }
}
