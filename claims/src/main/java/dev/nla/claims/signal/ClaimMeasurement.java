package dev.nla.claims.signal;

import dev.nla.claims.described.ClaimPool;
import dev.nla.claims.described.ClaimedActivation;
import dev.nla.claims.described.Hearing;
import dev.nla.claims.described.ScoredText;
import dev.nla.claims.grammar.Claim;
import dev.nla.claims.grammar.ClaimedDescription;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures what speaks for the claims of descriptions. A claim is measured in the greedy description where that states it, else in the first sample
 * that does.
 *
 * @param hearing how near texts are
 */
public record ClaimMeasurement(Hearing hearing) {
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
            List<String> exchanged) {
        Stream<String> texts() {
            return Stream.concat(Stream.of(in.text(), without, alone), exchanged.stream());
        }
    }

    /** The claims of each activation's descriptions, each once: of the greedy one in its order, then of the samples. */
    public List<List<SignalledClaim>> measure(List<ClaimedActivation> activations) {
        List<List<Pooled>> pools =
                activations.stream().map(ClaimMeasurement::pooled).toList();
        hearing.hear(
                activations,
                pools.stream()
                        .map(pool -> pool.stream().flatMap(Pooled::texts).toList())
                        .toList());
        return IntStream.range(0, pools.size())
                .mapToObj(i -> pools.get(i).stream()
                        .map(pooled -> new SignalledClaim(
                                pooled.claim(), pooled.greedy(), signals(pooled, activations.get(i))))
                        .toList())
                .toList();
    }

    private static List<Pooled> pooled(ClaimedActivation activation) {
        ClaimPool pool = activation.pool();
        return pool.claims().stream()
                .map(stated -> pooled(
                        stated.claim(),
                        pool.in(stated),
                        activation.described().text(stated.by()),
                        stated.by() == 0,
                        pool.samples()))
                .toList();
    }

    private static Pooled pooled(
            Claim claim, ClaimedDescription in, ScoredText text, boolean greedy, List<ClaimedDescription> samples) {
        return new Pooled(
                claim,
                in,
                text,
                greedy,
                (int) samples.stream()
                        .filter(sample -> sample.find(claim).isPresent())
                        .count(),
                in.without(claim),
                in.only(claim),
                rivals(claim, in, samples).stream()
                        .map(value -> in.exchanged(claim, value))
                        .toList());
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

    private Map<Signal, Double> signals(Pooled pooled, ClaimedActivation activation) {
        Map<Signal, Double> signals = new EnumMap<>(Signal.class);
        Claim claim = pooled.claim();
        int samples = activation.pool().samples().size();
        if (samples > 0) {
            signals.put(Signal.FREQ, Signal.frequency(pooled.stated(), samples));
        }
        signals.put(Signal.LP_LINE, pooled.text().logProbability(before(claim, pooled.in()), claim.begin()));
        signals.put(Signal.LP_VALUE, pooled.text().logProbability(claim.begin(), claim.end()));
        double with = activation.nearness(pooled.in().text());
        signals.put(Signal.LOO, with - activation.nearness(pooled.without()));
        signals.put(
                Signal.SWAP,
                pooled.exchanged().stream()
                        .mapToDouble(text -> with - activation.nearness(text))
                        .min()
                        .orElse(NO_RIVAL));
        signals.put(Signal.ALONE, activation.nearness(pooled.alone()));
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
}
