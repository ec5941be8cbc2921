package dev.nla.data.world;

import dev.nla.model.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Describes a scene in bullets, one a fact, and errs on purpose: learning from it alone has a ceiling that its errors set.
 *
 * @param dropped probability that a fact is left out
 * @param replaced probability that a fact that is told gets another value of its attribute
 */
public record SceneTeacher(double dropped, double replaced) {
    /** One fact in four left out, one in ten told wrong. */
    public static final SceneTeacher IMPERFECT = new SceneTeacher(0.25, 0.1);

    /**
     * Checks that both are probabilities.
     *
     * @throws InputException (usage) when they are not, or when every fact would be dropped
     */
    public SceneTeacher {
        if (!(dropped >= 0 && dropped < 1)) {
            throw InputException.usage(
                    "the share of dropped facts is %s, expected a number from 0 to below 1", dropped);
        }
        if (!(replaced >= 0 && replaced <= 1)) {
            throw InputException.usage("the share of replaced facts is %s, expected a number from 0 to 1", replaced);
        }
    }

    /** Bullets {@code • attribute: value}, at least one. */
    String describe(SceneGrammar grammar, Scene scene, SplittableRandom random) {
        Map<String, String> told = new LinkedHashMap<>();
        while (told.isEmpty()) {
            scene.facts().forEach((attribute, value) -> {
                if (random.nextDouble() >= dropped) {
                    told.put(
                            attribute,
                            random.nextDouble() < replaced ? other(grammar, attribute, value, random) : value);
                }
            });
        }
        return bullets(told);
    }

    static String bullets(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(fact -> "• " + fact.getKey() + ": " + fact.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static String other(SceneGrammar grammar, String attribute, String value, SplittableRandom random) {
        List<String> others = grammar.attributes().get(attribute).keySet().stream()
                .filter(each -> !each.equals(value))
                .toList();
        return Draw.one(others, random);
    }
}
