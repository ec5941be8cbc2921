package dev.nla.claims.signal;

import dev.nla.claims.grammar.Claim;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.ClaimedDescription;
import dev.nla.model.gap.Cosine;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Measures what speaks for the claims of descriptions. A claim is measured in the greedy description where that states it, else in the first sample
 * that does.
 *
 * @param grammar reads claims
 * @param critic turns texts, each different from the others, into vectors [n][d]
 * @param nearness of a reconstruction to its activation: centred cosine
 */
public record ClaimMeasurement(ClaimGrammar grammar, Function<List<String>, float[][]> critic, Cosine nearness) {
    /** What a claim gains by its value where no sample has another one: as much as true values gain. */
    private static final double NO_RIVAL = 0.3;

    /** A claim, the description that it is measured in, and the texts that it is tried by. */
    private record Pooled(
            Claim claim,
            ClaimedDescription in,
            ScoredText text,
            boolean greedy,
            int stated,
            String without,
            String alone,
            List<String> exchanged) {}

    /** The claims of each activation's descriptions, each once: of the greedy one in its order, then of the samples. */
    public List<List<SignalledClaim>> measure(List<DescribedActivation> activations) {
        List<List<Pooled>> pools = activations.stream().map(this::pool).toList();
        Map<String, float[]> read = read(pools);
        List<List<SignalledClaim>> measured = new ArrayList<>();
        for (int i = 0; i < pools.size(); i++) {
            DescribedActivation activation = activations.get(i);
            measured.add(pools.get(i).stream()
                    .map(pooled ->
                            new SignalledClaim(pooled.claim(), pooled.greedy(), signals(pooled, activation, read)))
                    .toList());
        }
        return measured;
    }

    private List<Pooled> pool(DescribedActivation vector) {
        List<ScoredText> texts = new ArrayList<>(List.of(vector.greedy()));
        texts.addAll(vector.samples());
        List<ClaimedDescription> read = texts.stream()
                .map(text -> ClaimedDescription.of(text.text(), grammar))
                .toList();
        List<ClaimedDescription> samples = read.subList(1, read.size());
        List<Pooled> pool = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            for (Claim claim : read.get(i).claims()) {
                if (pool.stream().noneMatch(other -> other.claim().saysTheSameAs(claim))) {
                    int stated = (int) samples.stream()
                            .filter(sample -> sample.find(claim).isPresent())
                            .count();
                    ClaimedDescription in = read.get(i);
                    pool.add(new Pooled(
                            claim,
                            in,
                            texts.get(i),
                            i == 0,
                            stated,
                            in.without(claim),
                            in.only(claim),
                            rivals(claim, in, samples).stream()
                                    .map(value -> in.exchanged(claim, value))
                                    .toList()));
                }
            }
        }
        return pool;
    }

    /** Other values that samples give the slot, and the description itself does not. */
    private static List<String> rivals(Claim claim, ClaimedDescription in, List<ClaimedDescription> samples) {
        Map<String, String> rivals = new LinkedHashMap<>();
        samples.stream()
                .flatMap(sample -> sample.claims().stream())
                .filter(other ->
                        other.slot().equals(claim.slot()) && in.find(other).isEmpty())
                .forEach(other -> rivals.putIfAbsent(other.value().toLowerCase(Locale.ROOT), other.value()));
        return List.copyOf(rivals.values());
    }

    private Map<String, float[]> read(List<List<Pooled>> pools) {
        Set<String> texts = new LinkedHashSet<>();
        for (List<Pooled> pool : pools) {
            for (Pooled pooled : pool) {
                texts.add(pooled.in().text());
                texts.add(pooled.without());
                texts.add(pooled.alone());
                texts.addAll(pooled.exchanged());
            }
        }
        List<String> order = new ArrayList<>(texts);
        float[][] vectors = order.isEmpty() ? new float[0][] : critic.apply(order);
        Map<String, float[]> read = new LinkedHashMap<>();
        for (int i = 0; i < vectors.length; i++) {
            read.put(order.get(i), vectors[i]);
        }
        return read;
    }

    private Map<Signal, Double> signals(Pooled pooled, DescribedActivation vector, Map<String, float[]> read) {
        Map<Signal, Double> signals = new EnumMap<>(Signal.class);
        Claim claim = pooled.claim();
        if (!vector.samples().isEmpty()) {
            signals.put(
                    Signal.FREQ,
                    Signal.frequency(pooled.stated(), vector.samples().size()));
        }
        signals.put(Signal.LP_LINE, pooled.text().logProbability(before(claim, pooled.in()), claim.begin()));
        signals.put(Signal.LP_VALUE, pooled.text().logProbability(claim.begin(), claim.end()));
        double with = cosine(pooled.in().text(), vector, read);
        signals.put(Signal.LOO, with - cosine(pooled.without(), vector, read));
        signals.put(
                Signal.SWAP,
                pooled.exchanged().stream()
                        .mapToDouble(text -> with - cosine(text, vector, read))
                        .min()
                        .orElse(NO_RIVAL));
        signals.put(Signal.ALONE, cosine(pooled.alone(), vector, read));
        signals.put(Signal.GREEDY, pooled.greedy() ? 1.0 : 0.0);
        return signals.entrySet().stream()
                .filter(signal -> !signal.getValue().isNaN())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Where the claim before it ends. */
    private static int before(Claim claim, ClaimedDescription in) {
        return in.claims().stream()
                .mapToInt(Claim::end)
                .filter(end -> end <= claim.begin())
                .max()
                .orElse(0);
    }

    private double cosine(String text, DescribedActivation vector, Map<String, float[]> read) {
        return nearness.between(read.get(text), vector.vector());
    }
}
