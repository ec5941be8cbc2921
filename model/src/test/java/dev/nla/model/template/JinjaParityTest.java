package dev.nla.model.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Protects equality with jinja2 as transformers sets it up ({@code scripts/chat_templates.py}), over all constructs of chat templates. */
class JinjaParityTest {
    static Stream<JsonNode> templates() throws IOException {
        return StreamSupport.stream(golden().get("templates").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void rendersAsJinjaDoes(JsonNode golden) throws IOException {
        String name = golden.get("name").textValue();
        String source = golden.get("template").textValue();
        JsonNode conversations = golden().get("conversations");
        for (int i = 0; i < conversations.size(); i++) {
            Map<String, Object> variables = variables(conversations.get(i));
            JsonNode expected = golden.get("rendered").get(i);
            String place = name + " / " + conversations.get(i).get("name").textValue();
            if (expected.isNull()) {
                assertThatThrownBy(() -> Template.parse(source).render(variables))
                        .as(place)
                        .isInstanceOf(TemplateException.class)
                        .hasNoCause();
            } else {
                assertThat(Template.parse(source).render(variables)).as(place).isEqualTo(expected.textValue());
            }
        }
    }

    private static JsonNode golden() throws IOException {
        return new ObjectMapper()
                .readTree(Fixtures.golden("interop/chat_templates.json").toFile());
    }

    private static Map<String, Object> variables(JsonNode conversation) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("bos_token", "<s>");
        variables.put("eos_token", "</s>");
        variables.put("tools", Optional.empty());
        variables.put("documents", Optional.empty());
        conversation.properties().forEach(field -> variables.put(field.getKey(), value(field.getValue())));
        variables.remove("name");
        return variables;
    }

    private static Object value(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
            return map;
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(item -> list.add(value(item)));
            return list;
        }
        if (node.isNull()) {
            return Optional.empty();
        }
        return node.isTextual()
                ? node.textValue()
                : node.isBoolean()
                        ? node.booleanValue()
                        : node.isIntegralNumber() ? node.longValue() : (Object) node.doubleValue();
    }
}
