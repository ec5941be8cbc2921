package dev.nla.bulk;

import dev.nla.bulk.source.ActivationPlace;
import dev.nla.claims.calibration.CalibrationOrigin;
import dev.nla.claims.calibration.SearchTrial;
import dev.nla.claims.confidence.ConfidentReader;
import dev.nla.claims.confidence.ConfidentReading;
import dev.nla.model.generation.Sampling;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.ScoredDescription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Puts the activations of a block into words.
 *
 * @param verbalizer writes them
 * @param sampling how they are written
 * @param samples of each activation
 * @param seed of what is drawn, the same for each activation, so that each is described as it would be alone
 */
public record BlockDescriber(NamedVerbalizer verbalizer, Sampling sampling, int samples, long seed) {
    /**
     * The words for each of some activations.
     *
     * @param places where they are from
     * @param vectors the activations, {@code [n][d]}
     */
    public List<WrittenWords> describe(List<ActivationPlace> places, float[][] vectors) {
        long[] seeds = new long[vectors.length];
        Arrays.fill(seeds, seed);
        List<List<Description>> written = verbalizer.folder().verbalizer().describe(vectors, sampling, samples, seeds);
        List<List<ScoredDescription>> scored = scored(vectors, written);
        List<List<String>> withdrawn = places.stream().map(this::withdrawn).toList();
        List<Optional<ConfidentReading>> claims = claims(vectors, written, withdrawn);
        return IntStream.range(0, vectors.length)
                .mapToObj(
                        i -> new WrittenWords(scored.get(i), claims.get(i), warnings(places.get(i), withdrawn.get(i))))
                .toList();
    }

    private List<List<ScoredDescription>> scored(float[][] vectors, List<List<Description>> written) {
        if (verbalizer.critic().isEmpty()) {
            return written.stream().map(ScoredDescription::unscored).toList();
        }
        Map<String, float[]> heard = heard(written);
        return IntStream.range(0, vectors.length)
                .mapToObj(i -> ScoredDescription.nearestFirst(
                        written.get(i),
                        written.get(i).stream()
                                .map(each -> heard.get(each.text()))
                                .toArray(float[][]::new),
                        vectors[i],
                        verbalizer.mean()))
                .toList();
    }

    /** What each text is turned back into; a text that is written twice is read once. */
    private Map<String, float[]> heard(List<List<Description>> written) {
        LinkedHashSet<String> different = new LinkedHashSet<>();
        written.forEach(each -> each.forEach(description -> different.add(description.text())));
        List<String> texts = List.copyOf(different);
        float[][] vectors = verbalizer.critic().orElseThrow().reconstructor().reconstruct(texts);
        Map<String, float[]> heard = new HashMap<>();
        for (int i = 0; i < vectors.length; i++) {
            heard.put(texts.get(i), vectors[i]);
        }
        return heard;
    }

    private List<Optional<ConfidentReading>> claims(
            float[][] vectors, List<List<Description>> written, List<List<String>> withdrawn) {
        List<Optional<ConfidentReading>> claims = new ArrayList<>();
        int[] fitting = IntStream.range(0, vectors.length)
                .filter(i ->
                        verbalizer.confidence().isPresent() && withdrawn.get(i).isEmpty())
                .toArray();
        if (fitting.length > 0) {
            Confidence confidence = verbalizer.confidence().orElseThrow();
            ConfidentReader reader = new ConfidentReader(
                    verbalizer.folder().verbalizer(),
                    verbalizer.critic().orElseThrow().reconstructor(),
                    confidence.calibration(),
                    verbalizer.mean(),
                    sampling.maxNewTokens());
            List<ConfidentReading> read = reader.read(
                    Arrays.stream(fitting).mapToObj(i -> vectors[i]).toArray(float[][]::new),
                    Arrays.stream(fitting).mapToObj(i -> written.get(i).get(0)).toList(),
                    seed,
                    confidence.searches());
            IntStream.range(0, vectors.length).forEach(i -> claims.add(Optional.empty()));
            for (int k = 0; k < fitting.length; k++) {
                claims.set(fitting[k], Optional.of(read.get(k)));
            }
            return claims;
        }
        IntStream.range(0, vectors.length).forEach(i -> claims.add(Optional.empty()));
        return claims;
    }

    /** Of activations of another kind a calibration says nothing: its numbers are withdrawn, with a warning. */
    private List<String> withdrawn(ActivationPlace place) {
        return verbalizer
                .confidence()
                .map(confidence -> {
                    CalibrationOrigin origin = confidence.calibration().origin();
                    return origin.withdrawn(
                            verbalizer.name(),
                            place.unlike().apply(origin.activations()),
                            confidence.model(),
                            place.layer());
                })
                .orElse(List.of());
    }

    private List<String> warnings(ActivationPlace place, List<String> withdrawn) {
        List<String> warnings = new ArrayList<>();
        place.unlike()
                .apply(verbalizer.folder().sidecar().origin())
                .forEach(line -> warnings.add("the adapter %s was trained on %s: its words may be made up"
                        .formatted(verbalizer.name(), line)));
        verbalizer.critic().ifPresent(critic -> place.unlike()
                .apply(critic.sidecar().origin())
                .forEach(line -> warnings.add("the adapter %s was trained on %s: its cosines say little"
                        .formatted(verbalizer.criticName(), line))));
        warnings.addAll(withdrawn);
        verbalizer
                .confidence()
                .filter(confidence -> confidence.search() && withdrawn.isEmpty())
                .flatMap(this::unsearched)
                .ifPresent(warnings::add);
        return warnings;
    }

    /** Why descriptions are not searched though that was asked for. */
    private Optional<String> unsearched(Confidence confidence) {
        Optional<SearchTrial> trial = confidence.calibration().search();
        if (trial.isEmpty()) {
            return Optional.of(
                    "search was not tried when %s was calibrated, so the description is as it was written: calibrate it with search"
                            .formatted(verbalizer.name()));
        }
        return trial.filter(each -> !each.earned())
                .map(each -> String.format(
                        Locale.ROOT,
                        "search made the descriptions of %s no truer (precision %+.3f [%.3f, %.3f]), so the description is as it was written",
                        verbalizer.name(),
                        each.precisionGain(),
                        each.ci95().low(),
                        each.ci95().high()));
    }
}
