package dev.nla.data.reply;

import dev.nla.data.extract.prompt.NamedPrompts;
import dev.nla.data.extract.prompt.Prompt;
import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.memory.TokenRows;
import dev.nla.model.generation.Sampling;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What a base model replies to a text.
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

    /** One greedy reply per text, without special tokens and space around it. */
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
        ReplyWriting work = new ReplyWriting(decoder, Sampling.greedy(maxNewTokens), 1);
        IntToLongFunction none = text -> 0;
        write(texts, kept::has, work, none, workers, progress, (batch, written) -> {
            Map<Integer, String> replies = new LinkedHashMap<>();
            for (int i = 0; i < batch.size(); i++) {
                replies.put(batch.get(i), written.get(i).get(0));
            }
            kept.keep(replies);
        });
        return IntStream.range(0, texts.size()).mapToObj(kept::of).toList();
    }

    /**
     * Several replies per text, drawn at temperature 1; none to a text that is read back as another number of tokens.
     *
     * @param samples replies to a text
     * @param seed with a text's number decides what is drawn for it
     */
    public List<List<String>> drawn(
            List<ReadText> texts, int samples, long seed, Workers workers, IntConsumer progress) {
        List<List<String>> all = new ArrayList<>(Collections.nCopies(texts.size(), List.of()));
        ReplyWriting work = new ReplyWriting(decoder, new Sampling(1, 0, 1, maxNewTokens), samples);
        IntToLongFunction seeds = text -> seed * 1_000_003 + text;
        write(texts, batch -> false, work, seeds, workers, progress, (batch, written) -> {
            for (int i = 0; i < batch.size(); i++) {
                all.set(batch.get(i), written.get(i));
            }
        });
        return all;
    }

    /**
     * Has replies written.
     *
     * @param there whether texts have theirs
     * @param seeds by the texts' numbers
     * @param written takes texts, by their numbers, and their replies
     */
    private void write(
            List<ReadText> texts,
            Predicate<List<Integer>> there,
            ReplyWriting work,
            IntToLongFunction seeds,
            Workers workers,
            IntConsumer progress,
            BiConsumer<List<Integer>, List<List<String>>> written) {
        List<Prompt> rendered = rendered(texts.stream().map(ReadText::text).toList());
        List<Integer> asked = IntStream.range(0, texts.size())
                .filter(i -> texts.get(i).tokens().orElse(rendered.get(i).length())
                        == rendered.get(i).length())
                .boxed()
                .toList();
        List<List<Integer>> missing = batches(asked, rendered, Math.max(1, AT_ONCE / work.samples())).stream()
                .filter(there.negate())
                .toList();
        AtomicInteger done = new AtomicInteger(
                texts.size() - missing.stream().mapToInt(List::size).sum());
        progress.accept(done.get());
        Iterator<List<Integer>> next = missing.iterator();
        workers.each(
                work,
                Parts.of(
                        missing,
                        batch -> AlikePrompts.of(
                                batch.stream().map(rendered::get).toList(),
                                batch.stream().mapToLong(seeds::applyAsLong).toArray())),
                replies -> {
                    List<Integer> batch = next.next();
                    written.accept(batch, replies.stream().map(this::words).toList());
                    progress.accept(done.addAndGet(batch.size()));
                });
    }

    private List<String> words(List<long[]> replies) {
        return replies.stream().map(reply -> prompts.decode(reply).strip()).toList();
    }

    /** Texts that are answered together. */
    private static List<List<Integer>> batches(List<Integer> asked, List<Prompt> rendered, int most) {
        List<List<Integer>> batches = new ArrayList<>();
        for (List<Integer> alike : alike(asked, rendered)) {
            int[] lengths =
                    alike.stream().mapToInt(i -> rendered.get(i).length()).toArray();
            TokenRows.parts(lengths, most).forEach(part -> batches.add(alike.subList(part.begin(), part.end())));
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
