package dev.nla.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects the words in which files, lines and requests refuse a value: one sentence for what is missing, of another type or out of range. */
class CheckedValueTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "3             | a | is 3: expected a text",
                "null          | a | is missing: expected a text",
                "'x'           | b | is \"x\": expected true or false",
                "[1]           | c | is [1]: expected an object",
                "7             | d | is 7: expected a whole number from 1 to 6",
                "2.0           | d | is 2.0: expected a whole number from 1 to 6",
                "99999999999   | d | is 99999999999: expected a whole number from 1 to 6",
                "NaN           | d | is NaN: expected a whole number from 1 to 6",
                "'  '          | e | is \"  \": expected more than white space",
                "null          | e | is missing: expected a text",
            })
    void whatIsWrongIsSaidInOneSentence(String json, String key, String complaint) throws JsonProcessingException {
        CheckedValue value = value(key, json);
        assertThatThrownBy(() -> {
                    switch (key) {
                        case "a" -> value.requiredText();
                        case "b" -> value.flag();
                        case "c" -> value.requiredObject();
                        case "d" -> value.requiredWhole(1, 6);
                        default -> value.filledText();
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(key + " " + complaint);
    }

    @Test
    void longValuesAreCut() throws JsonProcessingException {
        assertThat(value("a", "'" + "x".repeat(500) + "'").complaint("less"))
                .isEqualTo("is \"" + "x".repeat(79) + "…: expected less");
    }

    @Test
    void whatIsMissingIsEmptyAndWhatFitsIsThere() throws JsonProcessingException {
        assertThat(value("a", "null").text()).isEmpty();
        assertThat(value("a", "null").whole(0, 1)).isEmpty();
        assertThat(new CheckedValue("a", null, (key, complaint) -> new IllegalStateException()).flag())
                .isEmpty();
        assertThat(value("a", "'x'").text()).contains("x");
        assertThat(value("a", "6").whole(1, 6)).hasValue(6);
        assertThat(value("a", "false").flag()).contains(false);
        assertThat(value("a", "{'b': 1}").requiredObject().path("b").intValue()).isEqualTo(1);
    }

    private static CheckedValue value(String key, String json) throws JsonProcessingException {
        JsonNode node = StrictJson.mapperWithNaN().readTree(json.replace('\'', '"'));
        return new CheckedValue(key, node, (name, complaint) -> new IllegalStateException(name + " " + complaint));
    }
}
