package dev.nla.data.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Tells a scene in a few sentences: facts alone or together, in any order, with varying words, between sentences that say nothing and
 * sentences that deny what is not so. Neither a place in the text nor a word alone gives a fact away.
 */
record Storyteller(SceneGrammar grammar) {
    private static final double DENIAL = 0.3;
    private static final int MOST_ASIDES = 2;

    String tell(Scene scene, SplittableRandom random) {
        List<String> sentences = new ArrayList<>();
        Set<String> left = new LinkedHashSet<>(scene.facts().keySet());
        while (!left.isEmpty()) {
            List<SentencePattern> fitting = grammar.sentences().stream()
                    .filter(pattern -> left.containsAll(pattern.attributes()))
                    .toList();
            SentencePattern chosen = fuller(Draw.one(fitting, random), Draw.one(fitting, random));
            sentences.add(chosen.fill(words(scene.facts(), random)));
            left.removeAll(chosen.attributes());
        }
        if (random.nextDouble() < DENIAL) {
            sentences.add(denial(scene, random));
        }
        for (int i = random.nextInt(MOST_ASIDES + 1); i > 0; i--) {
            sentences.add(Draw.one(grammar.asides(), random));
        }
        return String.join(" ", Draw.shuffled(sentences, random));
    }

    private static SentencePattern fuller(SentencePattern one, SentencePattern other) {
        return other.attributes().size() > one.attributes().size() ? other : one;
    }

    private String denial(Scene scene, SplittableRandom random) {
        SentencePattern pattern = Draw.one(grammar.denials(), random);
        String attribute = pattern.attributes().iterator().next();
        List<String> absent = grammar.attributes().get(attribute).keySet().stream()
                .filter(value -> !value.equals(scene.facts().get(attribute)))
                .toList();
        return pattern.fill(words(Map.of(attribute, Draw.one(absent, random)), random));
    }

    private Map<String, String> words(Map<String, String> facts, SplittableRandom random) {
        Map<String, String> words = new LinkedHashMap<>();
        facts.forEach((attribute, value) -> words.put(
                attribute, Draw.one(grammar.attributes().get(attribute).get(value), random)));
        return words;
    }
}
