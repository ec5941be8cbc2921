package dev.nla.bulk;

import dev.nla.bulk.source.ActivationPlace;
import dev.nla.bulk.source.Located;
import dev.nla.claims.calibration.CalibrationOrigin;
import dev.nla.claims.calibration.SearchTrial;
import dev.nla.claims.confidence.ConfidentReader;
import dev.nla.claims.confidence.ConfidentReading;
import dev.nla.model.generation.Sampling;
import dev.nla.model.parts.Piece;
import dev.nla.model.parts.ReadTexts;
import dev.nla.model.parts.WriteDescriptions;
import dev.nla.model.parts.WritingPart;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.ScoredDescription;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
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
    /** The words for each activation of a block, written by this process. */
    public List<WrittenWords> describe(Located block) {
        return describe(List.of(block), Workers.here()).get(0);
    }

    /**
     * The words for each activation of several blocks, which are those that it gets where its block is described alone.
     *
     * @param workers have descriptions written and read; what claims are measured by is computed by this process
     */
    List<List<WrittenWords>> describe(List<Located> blocks, Workers workers) {
        List<List<List<Description>>> written = written(blocks, workers);
        List<List<List<ScoredDescription>>> scored = scored(blocks, written, workers);
        return IntStream.range(0, blocks.size())
                .mapToObj(i -> words(blocks.get(i), written.get(i), scored.get(i)))
                .toList();
    }

    /** How many parts the writing of so many activations is cut into. */
    int parts(int activations) {
        return Piece.cut(activations, verbalizer.folder().verbalizer().atOnce(sampling, samples), activations)
                .size();
    }

    private List<WrittenWords> words(
            Located block, List<List<Description>> written, List<List<ScoredDescription>> scored) {
        List<List<String>> withdrawn =
                block.places().stream().map(this::withdrawn).toList();
        List<Optional<ConfidentReading>> claims = claims(block.vectors(), written, withdrawn);
        return IntStream.range(0, block.size())
                .mapToObj(i -> new WrittenWords(
                        scored.get(i), claims.get(i), warnings(block.places().get(i), withdrawn.get(i))))
                .toList();
    }

    /** Of each block the descriptions of each activation. */
    private List<List<List<Description>>> written(List<Located> blocks, Workers workers) {
        Verbalizer writer = verbalizer.folder().verbalizer();
        WriteDescriptions work = new WriteDescriptions(writer, sampling, samples, writer.format());
        List<Parts<WritingPart>> parts = blocks.stream()
                .map(block -> work.parts(i -> block.vectors()[i], seeds(block.size()), block.size()))
                .toList();
        Iterator<List<List<Description>>> all =
                workers.all(work, Parts.joined(parts)).iterator();
        return parts.stream()
                .map(ofBlock -> IntStream.range(0, ofBlock.count())
                        .mapToObj(part -> all.next())
                        .flatMap(List::stream)
                        .toList())
                .toList();
    }

    private long[] seeds(int size) {
        long[] seeds = new long[size];
        Arrays.fill(seeds, seed);
        return seeds;
    }

    private List<List<List<ScoredDescription>>> scored(
            List<Located> blocks, List<List<List<Description>>> written, Workers workers) {
        if (verbalizer.critic().isEmpty()) {
            return written.stream()
                    .map(block ->
                            block.stream().map(ScoredDescription::unscored).toList())
                    .toList();
        }
        List<List<String>> texts = written.stream()
                .map(block -> block.stream()
                        .flatMap(List::stream)
                        .map(Description::text)
                        .toList())
                .toList();
        List<float[][]> heard =
                new ReadTexts(verbalizer.critic().get().reconstructor()).ofEach(workers, texts, done -> {});
        return IntStream.range(0, blocks.size())
                .mapToObj(i -> scored(blocks.get(i), written.get(i), heard.get(i)))
                .toList();
    }

    /** @param heard what each text is turned back into, one after the other */
    private List<List<ScoredDescription>> scored(Located block, List<List<Description>> written, float[][] heard) {
        return IntStream.range(0, block.size())
                .mapToObj(i -> ScoredDescription.nearestFirst(
                        written.get(i),
                        Arrays.copyOfRange(heard, i * samples, (i + 1) * samples),
                        block.vectors()[i],
                        verbalizer.mean()))
                .toList();
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
