package dev.nla.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects equality with transformers' rendering, that texts of users are never evaluated, and where templates are looked for. */
class ChatTemplateTest {
    private static final List<Message> HELLO = List.of(Message.user("Hello"));

    @TempDir
    Path folder;

    @Test
    @Tag("real")
    void smolLm2AgreesWithTransformers() throws IOException {
        assertAgrees(Fixtures.smollm2(), "smollm2.json");
    }

    @Test
    @Tag("real")
    void qwenAgreesWithTransformers() throws IOException {
        assertAgrees(Fixtures.qwen25Tokenizer(), "qwen2.5.json");
    }

    @Test
    void textsOfUsersAreNeverEvaluated() {
        ChatTemplate template =
                template("{{ bos_token }}{% for m in messages %}{{ m.content }}|{{ m['content'] | trim }}{% endfor %}");
        for (String hostile : List.of(
                "{{ 7 * 7 }}",
                "{% raise %}",
                "{# gone #}",
                "{{ bos_token }}",
                "${7*7} #{7*7}",
                "{%",
                "}}",
                "{{ '{{' }}",
                "<b>&amp;'\"")) {
            assertThat(template.render(List.of(Message.user(hostile)), true))
                    .isEqualTo("<s>" + hostile + "|" + hostile);
        }
    }

    /** The expected texts were made by jinja2 3.1 with the settings of transformers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "{% for m in messages[::-1] %}{{ loop.index0 }}{{ m.content }};{% endfor %} § 0c;1b;2a;",
                "{% set ns = namespace(last=messages|length - 1, x='a,b)') %}{% set ns.x = ns.x ~ '!' %}{{ ns.last }}{{ ns.x }} § 2a,b)!",
                "{% set ms = messages[1:] %}{{ ms|length }}{{ ms[0].content }}{{ messages[-1]['role'] }} § 2buser",
                "{{ 'x</t>\\n y'.split('</t>')[-1].lstrip('\\n') }}|{{ '--a--'.strip('-') }}|{{ ' a '.rstrip() }} § ` y|a| a`",
                "{% if 'ab'.startswith('a') and not 'ab'.endswith('a') %}both{% endif %} § both",
                "{% for c in ('x' if add_generation_prompt else 'y') %}{{ '| not_a_filter' ~ c }}{% endfor %} § | not_a_filterx",
                "{{ 'a b'.title() ~ 'X'.lower() ~ 'y'.upper() ~ 'cab'.replace('a', '') ~ 'zz'.capitalize() }} § A BxYcbZz",
                "{{ undefined_name }}{{ 'u' if undefined_name is not defined else 'd' }}{{ 't' if tools is defined }} § u",
                "{% if 'b' in 'abc' and 'tool_calls' not in messages[0] %}yes{% else %}no{% endif %} § yes",
                "{{- '  a' -}}   {{ 'b' }} § `  ab`",
                "{{ messages[0].content | upper ~ messages | length }} § A3",
            })
    void rendersAsJinjaDoes(String source, String expected) {
        List<Message> messages = List.of(Message.user("a"), new Message("assistant", "b"), Message.user("c"));
        assertThat(template(source).render(messages, true)).isEqualTo(expected);
    }

    @Test
    void blockLinesLeaveNoWhitespace() {
        ChatTemplate template =
                template("  {% if add_generation_prompt %}\n  yes\n  {% else %}\n  no\n  {% endif %}\nend\n");
        assertThat(template.render(HELLO, true)).isEqualTo("  yes\nend\n");
        assertThat(template.render(HELLO, false)).isEqualTo("  no\nend\n");
    }

    @Test
    void aTemplateMayRefuseAConversation() {
        ChatTemplate template =
                template("{% if messages[0].role != 'system' %}{{ raise_exception('no system prompt') }}{% endif %}ok");
        assertThatThrownBy(() -> template.render(HELLO, true))
                .isInstanceOf(InputException.class)
                .hasMessage("chat_template.jinja: the chat template refuses: no system prompt");
        assertThat(template.render(List.of(new Message("system", "s")), true)).isEqualTo("ok");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "{% for m in messages %}",
                "{{ messages[ }}",
                "{% unknown_tag %}",
                "{% include 'other.jinja' %}",
                "{{ 'a'.frobnicate() }}",
                "{{ strftime_now('%Q') }}",
                "{{ messages | no_such_filter }}",
                "{% for m in messages if m.role == 'user' %}{{ m.content }}{% endfor %}",
            })
    void aBrokenTemplateIsNamed(String source) {
        assertThatThrownBy(() -> template(source).render(HELLO, true))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("chat_template.jinja", "chat template")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void knowsTheDate() {
        ZonedDateTime time = ZonedDateTime.of(2025, 3, 7, 9, 5, 2, 0, ZoneOffset.UTC);
        assertThat(TemplateFunctions.strftime(time, "%d %b %Y, %A %H:%M:%S 100%%"))
                .isEqualTo("07 Mar 2025, Friday 09:05:02 100%");
        assertThat(template("{{ strftime_now('%Y') if strftime_now is defined }}")
                        .render(HELLO, true))
                .matches("\\d{4}");
    }

    @Test
    void looksInBothFilesAndPrefersTheNewOne() throws IOException {
        Path config = folder.resolve("tokenizer_config.json");
        Files.writeString(
                config,
                "{\"bos_token\": {\"content\": \"<s>\"}, \"eos_token\": null, \"chat_template\": \"{{ bos_token }}old{{ eos_token }}\"}");
        assertThat(ChatTemplate.open(folder).render(HELLO, true)).isEqualTo("<s>old");
        Files.writeString(
                folder.resolve("special_tokens_map.json"), "{\"eos_token\": \"</s>\", \"bos_token\": \"<x>\"}");
        assertThat(ChatTemplate.open(folder).render(HELLO, true)).isEqualTo("<s>old</s>");
        Files.writeString(folder.resolve("chat_template.jinja"), "new{{ eos_token }}\r\n");
        assertThat(ChatTemplate.open(folder).render(HELLO, true)).isEqualTo("new</s>");
    }

    @Test
    void takesTheDefaultOfSeveralTemplates() throws IOException {
        Path config = folder.resolve("tokenizer_config.json");
        Files.writeString(
                config,
                "{\"chat_template\": [{\"name\": \"tool_use\", \"template\": \"t\"}, {\"name\": \"default\", \"template\": \"d\"}]}");
        assertThat(ChatTemplate.open(folder).render(HELLO, true)).isEqualTo("d");
        Files.writeString(config, "{\"chat_template\": [{\"name\": \"tool_use\", \"template\": \"t\"}]}");
        assertThatThrownBy(() -> ChatTemplate.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("tokenizer_config.json", "default", "tool_use");
        Files.writeString(config, "{\"chat_template\": 5}");
        assertThatThrownBy(() -> ChatTemplate.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("chat_template is 5");
    }

    @Test
    void aModelWithoutATemplateIsNamedWithTheWayOut() throws IOException {
        assertThatThrownBy(() -> ChatTemplate.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(folder.toString(), "no chat template", "raw");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"chat_template\": null}");
        assertThatThrownBy(() -> ChatTemplate.open(folder)).hasMessageContaining("no chat template");
    }

    private static ChatTemplate template(String source) {
        return new ChatTemplate(
                Path.of("chat_template.jinja"), source, Map.of("bos_token", "<s>", "eos_token", "</s>"));
    }

    private static void assertAgrees(Path model, String golden) throws IOException {
        JsonNode expected = new ObjectMapper()
                .readTree(Fixtures.golden("interop/tokenizer/" + golden).toFile());
        ChatTemplate template = ChatTemplate.open(model);
        assertThat(expected.get("chats")).isNotEmpty();
        for (JsonNode each : expected.get("chats")) {
            List<Message> messages = new ArrayList<>();
            for (JsonNode message : each.get("messages")) {
                messages.add(new Message(
                        message.get("role").textValue(), message.get("content").textValue()));
            }
            assertThat(template.render(
                            messages, each.get("add_generation_prompt").booleanValue()))
                    .isEqualTo(each.get("rendered").textValue());
        }
    }
}
