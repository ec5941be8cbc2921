package dev.nla.data.reply;

import dev.nla.data.extract.prompt.NamedPrompts;
import dev.nla.data.extract.prompt.Prompt;
import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.memory.TokenRows;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * What a base model replies to a text, greedily.
 *
 * @param prompts how the model is shown a text: as extraction shows it
 * @param maxNewTokens longest reply, in tokens
 */
public record ModelReplies(Decoder decoder, PromptEncoder prompts, int maxNewTokens) {
    private static final int AT_ONCE = 32;

    /** Checks that the model could write so much at all. */
    public ModelReplies {
        int most = decoder.config().maxPositions();
        if (maxNewTokens < 1 || maxNewTokens > most) {
            throw InputException.usage(
                    "%s %d: expected 1 to %d, the positions of this model",
                    Key.of("max_new_tokens"), maxNewTokens, most);
        }
    }

    /** Prompts that are answered together: what they begin with and how long they are is the same. */
    private record Shape(List<Long> head, int length) {}

    /** One reply per text, without special tokens and space around it. */
    public List<String> to(List<String> texts) {
        return to(texts.stream().map(ReadText::of).toList(), KeptReplies.inMemory(), Workers.here(), done -> {})
                .stream()
                .map(Optional::orElseThrow)
                .toList();
    }

    /**
     * The same; {@code progress} is told how many are there so far. A text that is read back as another number of tokens has no reply.
     *
     * @param kept has the replies of an earlier run, which are not asked for again, and is given the others
     * @param workers have the model write them
     */
    public List<Optional<String>> to(List<ReadText> texts, KeptReplies kept, Workers workers, IntConsumer progress) {
        List<Prompt> rendered = rendered(texts.stream().map(ReadText::text).toList());
        List<Integer> asked = IntStream.range(0, texts.size())
                .filter(i -> texts.get(i).tokens().orElse(rendered.get(i).length())
                        == rendered.get(i).length())
                .boxed()
                .toList();
        List<List<Integer>> missing = batches(asked, rendered).stream()
                .filter(batch -> !kept.has(batch))
                .toList();
        AtomicInteger done = new AtomicInteger(
                texts.size() - missing.stream().mapToInt(List::size).sum());
        progress.accept(done.get());
        Iterator<List<Integer>> next = missing.iterator();
        workers.each(
                new ReplyWriting(decoder, maxNewTokens),
                Parts.of(
                        missing,
                        batch -> AlikePrompts.of(
                                batch.stream().map(rendered::get).toList())),
                written -> {
                    List<Integer> batch = next.next();
                    kept.keep(replies(batch, written));
                    progress.accept(done.addAndGet(batch.size()));
                });
        return IntStream.range(0, texts.size()).mapToObj(kept::of).toList();
    }

    /** Texts that are answered together. */
    private static List<List<Integer>> batches(List<Integer> asked, List<Prompt> rendered) {
        List<List<Integer>> batches = new ArrayList<>();
        for (List<Integer> alike : alike(asked, rendered)) {
            int[] lengths =
                    alike.stream().mapToInt(i -> rendered.get(i).length()).toArray();
            TokenRows.parts(lengths, AT_ONCE).forEach(part -> batches.add(alike.subList(part.begin(), part.end())));
        }
        return batches;
    }

    private List<Prompt> rendered(List<String> texts) {
        NamedPrompts named = new NamedPrompts(prompts, decoder.config().vocabularySize());
        List<Prompt> rendered = new ArrayList<>();
        for (String text : texts) {
            String name = "text %d ('%.40s')".formatted(rendered.size() + 1, text);
            Prompt prompt = named.encode(name, text);
            requireRoom(prompt, name);
            rendered.add(prompt);
        }
        return rendered;
    }

    private void requireRoom(Prompt prompt, String name) {
        int most = decoder.config().maxPositions();
        if (prompt.length() >= most) {
            throw InputException.data(
                    "%s has %d tokens as the model reads it, more than the model's %d with one more to reply: shorten it",
                    name, prompt.length(), most);
        }
    }

    private Map<Integer, String> replies(List<Integer> batch, List<long[]> written) {
        Map<Integer, String> replies = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            replies.put(batch.get(i), prompts.decode(written.get(i)).strip());
        }
        return replies;
    }

    private static Collection<List<Integer>> alike(List<Integer> asked, List<Prompt> prompts) {
        Map<Shape, List<Integer>> found = new LinkedHashMap<>();
        for (int i : asked) {
            Prompt prompt = prompts.get(i);
            List<Long> head = Arrays.stream(AlikePrompts.head(prompt)).boxed().toList();
            found.computeIfAbsent(new Shape(head, prompt.length()), shape -> new ArrayList<>())
                    .add(i);
        }
        return found.values();
    }
}
