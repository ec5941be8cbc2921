package dev.nla.claims.search;

import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.ClaimedDescription;
import dev.nla.claims.signal.DescribedActivation;
import dev.nla.claims.signal.ScoredText;
import dev.nla.model.gap.Cosine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Begins with the greedy description and adds, drops or exchanges one claim at a time, always the change that gains most, as long as nearness less
 * the cost of the claims rises. Claims come from the greedy description and the samples; no label is asked.
 *
 * @param grammar reads claims
 * @param critic turns texts, each different from the others, into vectors [n][d]
 * @param nearness of a reconstruction to its activation: centred cosine
 * @param cost of each claim, in cosine, above 0: what a claim has to bring to be worth saying
 */
public record ClaimSearch(
        ClaimGrammar grammar, Function<List<String>, float[][]> critic, Cosine nearness, double cost) {
    /** The cost where nothing else is asked. */
    public static final double COST = 0.03;

    /** No description goes through more changes than these. */
    private static final int MOST_CHANGES = 64;

    /** What has been reached for one activation. */
    private static final class Path {
        private final DescribedActivation activation;
        private final ClaimPool pool;
        private final Map<String, Double> nearness = new HashMap<>();
        private final ClaimedDescription greedy;
        private ClaimedDescription at;
        private boolean ended;

        private Path(DescribedActivation activation, ClaimGrammar grammar) {
            this.activation = activation;
            this.greedy = ClaimedDescription.of(activation.greedy().text(), grammar);
            this.at = greedy;
            this.pool = ClaimPool.of(Stream.concat(Stream.of(activation.greedy()), activation.samples().stream())
                    .map(ScoredText::text)
                    .map(text -> ClaimedDescription.of(text, grammar))
                    .toList());
        }

        private double score(ClaimedDescription description, double cost) {
            return nearness.get(description.text())
                    - cost * description.claims().size();
        }

        private SearchedDescription end() {
            return new SearchedDescription(at, nearness.get(greedy.text()), nearness.get(at.text()), nearness.size());
        }
    }

    /** Checks the cost. */
    public ClaimSearch {
        if (!(cost > 0) || !Double.isFinite(cost)) {
            throw new IllegalArgumentException("a claim costs " + cost + ", expected a number above 0");
        }
    }

    /** The best descriptions found, in the order of the activations. All candidates of a round are heard in one batch. */
    public List<SearchedDescription> of(List<DescribedActivation> activations) {
        List<Path> paths =
                activations.stream().map(each -> new Path(each, grammar)).toList();
        for (int change = 0; change <= MOST_CHANGES && paths.stream().anyMatch(path -> !path.ended); change++) {
            List<Path> open = paths.stream().filter(path -> !path.ended).toList();
            List<List<ClaimedDescription>> candidates = open.stream()
                    .map(path -> ClaimEdits.of(path.at, path.pool, grammar))
                    .toList();
            hear(open, candidates);
            for (int i = 0; i < open.size(); i++) {
                step(open.get(i), candidates.get(i));
            }
        }
        return paths.stream().map(Path::end).toList();
    }

    private void step(Path path, List<ClaimedDescription> candidates) {
        Optional<ClaimedDescription> best =
                candidates.stream().max(Comparator.comparingDouble(each -> path.score(each, cost)));
        path.ended = best.isEmpty() || !(path.score(best.get(), cost) > path.score(path.at, cost));
        if (!path.ended) {
            path.at = best.get();
        }
    }

    private void hear(List<Path> paths, List<List<ClaimedDescription>> candidates) {
        Set<String> texts = new LinkedHashSet<>();
        List<List<ClaimedDescription>> unheard = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.get(i);
            List<ClaimedDescription> own = Stream.concat(Stream.of(path.at), candidates.get(i).stream())
                    .filter(each -> !path.nearness.containsKey(each.text()))
                    .toList();
            unheard.add(own);
            own.forEach(each -> texts.add(each.text()));
        }
        List<String> order = List.copyOf(texts);
        float[][] vectors = order.isEmpty() ? new float[0][] : critic.apply(order);
        Map<String, float[]> read = new HashMap<>();
        for (int i = 0; i < vectors.length; i++) {
            read.put(order.get(i), vectors[i]);
        }
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.get(i);
            for (ClaimedDescription each : unheard.get(i)) {
                path.nearness.put(each.text(), nearness.between(read.get(each.text()), path.activation.vector()));
            }
        }
    }
}
