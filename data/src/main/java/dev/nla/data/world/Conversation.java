package dev.nla.data.world;

import dev.nla.data.world.SceneFile.Telling;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a language model of this world is to answer. To a story: its facts, in an order drawn anew each time, so that right before the answer
 * the model must have all of them in mind at once. To bullets: the same. To a story with the request to explain: bullets.
 *
 * <p>Scenes of one or two facts stand between the larger ones: from them a model learns much sooner which word says what.
 */
record Conversation(Storyteller storyteller) {
    private static final double SMALL = 0.4;
    private static final double BULLETS = 0.1;
    private static final double EXPLANATION = 0.3;
    private static final String REQUEST = "\nExplain.";

    Telling draw(SplittableRandom random) {
        SceneGrammar grammar = storyteller.grammar();
        Scene scene = random.nextDouble() < SMALL ? Scene.drawSmall(grammar, random) : Scene.draw(grammar, random);
        double kind = random.nextDouble();
        String bullets = SceneTeacher.bullets(scene.facts());
        if (kind < BULLETS) {
            return new Telling(scene, bullets, list(scene, random));
        }
        String story = storyteller.tell(scene, random);
        if (kind < BULLETS + EXPLANATION) {
            return new Telling(scene, story + REQUEST, "<explanation>\n" + bullets + "\n</explanation>");
        }
        return new Telling(scene, story, list(scene, random));
    }

    private static String list(Scene scene, SplittableRandom random) {
        return String.join(", ", Draw.shuffled(List.copyOf(scene.facts().values()), random));
    }
}
