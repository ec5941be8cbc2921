package dev.nla.claims.search;

import dev.nla.claims.described.ClaimedActivation;
import dev.nla.claims.described.Hearing;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.ClaimedDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Begins with the greedy description and adds, drops or exchanges one claim at a time, always the change that gains most, as long as nearness less
 * the cost of the claims rises. Claims come from the greedy description and the samples; no label is asked.
 *
 * @param grammar reads claims
 * @param hearing how near texts are
 * @param cost of each claim, in cosine, above 0: what a claim has to bring to be worth saying
 */
public record ClaimSearch(ClaimGrammar grammar, Hearing hearing, double cost) {
    /** The cost where nothing else is asked. */
    public static final double COST = 0.03;

    /** No description goes through more changes than these. */
    private static final int MOST_CHANGES = 64;

    /** What has been reached for one activation. */
    private static final class Path {
        private final ClaimedActivation activation;
        private final Set<String> tried = new HashSet<>();
        private ClaimedDescription at;
        private boolean ended;

        private Path(ClaimedActivation activation) {
            this.activation = activation;
            this.at = activation.pool().greedy();
        }

        private double score(ClaimedDescription description, double cost) {
            return activation.nearness(description.text())
                    - cost * description.claims().size();
        }

        private SearchedDescription end() {
            String greedy = activation.pool().greedy().text();
            return new SearchedDescription(
                    at, activation.nearness(greedy), activation.nearness(at.text()), tried.size());
        }
    }

    /** Checks the cost. */
    public ClaimSearch {
        if (!(cost > 0) || !Double.isFinite(cost)) {
            throw new IllegalArgumentException("a claim costs " + cost + ", expected a number above 0");
        }
    }

    /** The best descriptions found, in the order of the activations. All candidates of a round are heard in one batch. */
    public List<SearchedDescription> of(List<ClaimedActivation> activations) {
        List<Path> paths = activations.stream().map(Path::new).toList();
        for (int change = 0; change <= MOST_CHANGES && paths.stream().anyMatch(path -> !path.ended); change++) {
            List<Path> open = paths.stream().filter(path -> !path.ended).toList();
            List<List<ClaimedDescription>> candidates = open.stream()
                    .map(path -> ClaimEdits.of(path.at, path.activation.pool(), grammar))
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
        List<List<String>> texts = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.get(i);
            List<String> own = Stream.concat(Stream.of(path.at), candidates.get(i).stream())
                    .map(ClaimedDescription::text)
                    .toList();
            path.tried.addAll(own);
            texts.add(own);
        }
        hearing.hear(paths.stream().map(path -> path.activation).toList(), texts);
    }
}
