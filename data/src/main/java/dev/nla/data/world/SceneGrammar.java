package dev.nla.data.world;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What can be true of a scene and how it may be said.
 *
 * @param attributes for each attribute its values, and for each value the words that say it; in the order descriptions list them
 * @param sentences sentences that state facts; every attribute has some that state nothing else
 * @param denials sentences that name one value the scene does not have
 * @param asides sentences that state nothing
 */
record SceneGrammar(
        Map<String, Map<String, List<String>>> attributes,
        List<SentencePattern> sentences,
        List<SentencePattern> denials,
        List<String> asides) {
    private record Source(
            Map<String, Map<String, List<String>>> attributes,
            List<String> sentences,
            List<String> denials,
            List<String> asides) {}

    SceneGrammar {
        for (String attribute : attributes.keySet()) {
            if (sentences.stream().noneMatch(sentence -> sentence.attributes().equals(Set.of(attribute)))) {
                throw new IllegalArgumentException("no sentence states " + attribute + " alone");
            }
        }
        for (SentencePattern sentence : sentences) {
            requireKnown(sentence, attributes.keySet());
        }
        for (SentencePattern denial : denials) {
            requireKnown(denial, attributes.keySet());
            if (denial.attributes().size() != 1) {
                throw new IllegalArgumentException("a denial names one attribute: " + denial.text());
            }
        }
        Set<String> seen = new HashSet<>();
        attributes.values().stream()
                .flatMap(values -> values.values().stream())
                .flatMap(List::stream)
                .forEach(words -> {
                    if (!seen.add(words)) {
                        throw new IllegalArgumentException("'" + words + "' says two values");
                    }
                });
    }

    private static void requireKnown(SentencePattern sentence, Set<String> attributes) {
        if (!attributes.containsAll(sentence.attributes())) {
            throw new IllegalArgumentException("unknown attribute in: " + sentence.text());
        }
    }

    /** The grammar that ships with the project. */
    static SceneGrammar shipped() {
        try (InputStream in = SceneGrammar.class.getResourceAsStream("scenes.yaml")) {
            Source source = new YAMLMapper().readValue(in, Source.class);
            return new SceneGrammar(
                    source.attributes(),
                    source.sentences().stream().map(SentencePattern::of).toList(),
                    source.denials().stream().map(SentencePattern::of).toList(),
                    source.asides());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
