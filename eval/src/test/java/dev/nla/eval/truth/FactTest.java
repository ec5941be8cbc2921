package dev.nla.eval.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Protects which of a row's facts count as something that words can state. */
class FactTest {
    @Test
    void stringsNumbersAndListsAreFactsInTheirOrder() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("colour", " red ");
        facts.put("legs", 4);
        facts.put("seen with", List.of("goat", "goat", "cat"));
        assertThat(Fact.of(facts))
                .containsExactly(
                        new Fact("colour", "red"),
                        new Fact("legs", "4"),
                        new Fact("seen with", "goat"),
                        new Fact("seen with", "cat"));
    }

    @Test
    void whatWordsCannotStateIsLeftOut() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("true", true);
        facts.put("null", null);
        facts.put("object", Map.of("colour", "red"));
        facts.put("blank", "  ");
        facts.put("sign", "&");
        facts.put("list", Arrays.asList(null, false));
        assertThat(Fact.of(facts)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Fact("sign", "&"))
                .withMessage("sign is '&', expected a letter or a digit in it");
    }
}
