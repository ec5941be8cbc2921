package dev.nla.model.verbalizer;

import dev.nla.model.generation.Completion;
import java.util.List;

/** Where generation stops and how what was generated is read. */
public interface CompletionReader {
    /** Token sequences that end a completion. */
    List<long[]> stops();

    /** What a completion says. */
    Description read(Completion completion);
}
