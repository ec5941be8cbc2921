package dev.nla.data.world;

import dev.nla.data.dataset.Split;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * What is true of one scene, and stated by its text.
 *
 * @param facts attribute to value, in the grammar's order
 */
record Scene(Map<String, String> facts) {
    /** A scene of three to six facts. */
    static Scene draw(SceneGrammar grammar, SplittableRandom random) {
        return draw(grammar, random, random.nextInt(3, 7));
    }

    /** A scene of one or two facts. */
    static Scene drawSmall(SceneGrammar grammar, SplittableRandom random) {
        return draw(grammar, random, random.nextInt(1, 3));
    }

    private static Scene draw(SceneGrammar grammar, SplittableRandom random, int count) {
        List<String> names = new ArrayList<>(grammar.attributes().keySet());
        while (names.size() > count) {
            names.remove(random.nextInt(names.size()));
        }
        Map<String, String> facts = new LinkedHashMap<>();
        for (String name : names) {
            facts.put(name, Draw.one(List.copyOf(grammar.attributes().get(name).keySet()), random));
        }
        return new Scene(facts);
    }

    /**
     * The split that this combination of facts belongs to, under every seed: eight in ten train, one in ten each validates and tests. So
     * whatever was trained on the train split of one draw has met no combination of the test split of another.
     */
    Split split() {
        CRC32 crc = new CRC32();
        crc.update(facts.toString().getBytes(StandardCharsets.UTF_8));
        int tenth = (int) (crc.getValue() % 10);
        return tenth < 8 ? Split.TRAIN : tenth == 8 ? Split.VALIDATION : Split.TEST;
    }
}
