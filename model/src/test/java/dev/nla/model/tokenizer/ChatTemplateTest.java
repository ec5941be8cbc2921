package dev.nla.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                "{{ undefined_name }}{{ 'u' if undefined_name is not defined else 'd' }}{{ 't' if tools is defined and tools is not none }} § u",
                "{% if 'b' in 'abc' and 'tool_calls' not in messages[0] %}yes{% else %}no{% endif %} § yes",
                "{{- '  a' -}}   {{ 'b' }} § `  ab`",
                "{% for m in messages if m.role == 'user' %}{{ loop.index }}{{ m.content }}{% endfor %} § 1a2c",
                "{% for k, v in messages[0] | items %}{{ k }}={{ v }};{% endfor %} § role=user;content=a;",
                "{% for m in messages %}{% if loop.index0 == 1 %}{% continue %}{% endif %}{{ m.content }}{% generation %}!{% endgeneration %}{% endfor %} § a!c!",
                "{% for m in messages %}{{ loop.previtem.content if loop.previtem is defined }}{{ loop.nextitem.role if not loop.last }},{% endfor %} § assistant,auser,b,",
                "{{ messages[messages|length - 2 : 0 : -1][0].content ~ 'hello'[1:-1:2] ~ 'abc'[::-1] }} § belcba",
                "{% macro f(a, b='x') %}{{ a ~ b ~ varargs|length }}{% endmacro %}{{ f(1) }}{{ f(1, 2, 3) }}{% macro g() %}<{{ caller(5) }}>{% endmacro %}{% call(z) g() %}{{ z }}{% endcall %} § 1x0121<5>",
                "{{ 7 // 2 }} {{ 7 / 2 }} {{ -7 % 3 }} {{ 2 ** 10 }} {{ 1e20 }} {{ '%05.1f|%s' % (3.14159, none) }} § 3 3.5 2 1024 1e+20 003.1|None",
                "{{ [1, 'a', none, true, {'k': 1.0}] }} {{ {'a': [1, \"é\"]} | tojson }} § [1, 'a', None, True, {'k': 1.0}] {\"a\": [1, \"é\"]}",
                "{{ undefined_name is none }} {{ tools is none }} {{ 1 < 2 < 3 }} {{ 1 in [1.0] }} § False True True True",
                "{% if false %}{{ x | no_such_filter }}{% include 'x' %}{% endif %}ok § ok",
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
                "{{ messages.append(1) }}",
                "{{ messages[0].nothing.at_all }}",
                "{{ 'a' + 1 }}",
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
        assertThat(template("{{ strftime_now('%Y') if strftime_now is defined }}")
                        .render(HELLO, true))
                .matches("\\d{4}");
    }

    /** Each of these once hung, or ended the process: now all end soon, and say in one line which file is to blame. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
                "{% set ns = namespace(x='ab') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}",
                "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
                "{% set ns = namespace(x=[]) %}{% for i in range(99999) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}",
                "{% set ns = namespace(x=1) %}{% set ns.x = ns %}{{ ns }}",
                "{{ 'a' * 10 ** 12 }}",
                "{{ [0] * 10 ** 12 }}",
                "{{ range(10 ** 12) }}",
                "{{ '%1000000000d' % 1 }}",
                "{{ '{:c}'.format(99999999999) }}{{ '%c' % 99999999 }}",
                "{{ '%c' % 99999999 }}",
                "{{ 'a'.ljust(3, '') }}",
                "{{ -(-9223372036854775807 - 1) }}",
                "{{ (-9223372036854775807 - 1) // -1 }}",
                "{% for i in range(99999) %}{% for j in range(99) %}{% if 1e-300 ~ '' %}{% endif %}{% endfor %}{% endfor %}",
                "{{ '{:>2000000000}'.format(1) }}",
                "{{ 'x'.center(2000000000) }}",
                "{{ 10 ** 10 ** 10 }}",
                "{{ 'x' | indent(2000000000, true) }}",
                "{{ [[1]] | tojson(indent=2000000000) }}",
                "{% set a = 'a' * 9000000 %}{{ ('a' * 4000000 ~ 'b') in a }}",
                "{% for m in messages recursive %}{{ loop(messages) }}{% endfor %}",
                "{{ messages[0].content.replace('', 'x' * 1000000) * 1000000 }}",
            })
    void aHostileTemplateEndsSoonAndIsNamed(String source) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThatThrownBy(
                        () -> template(source).render(HELLO, true))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("chat_template.jinja", "line 1", "chat template")
                .message()
                .doesNotContain("\n"));
    }

    @Test
    void deepTemplatesAreRefusedAndLongOnesRendered() {
        for (String deep : List.of(
                "{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}",
                "{{ " + "-".repeat(100_000) + "1 }}",
                "{{ " + "not ".repeat(100_000) + "1 }}",
                "{{ x" + ".a".repeat(100_000) + " }}",
                "{{ 1" + " + 1".repeat(100_000) + " }}",
                "{{ 1" + " if 1 else 1".repeat(100_000) + " }}",
                "{% if 1 %}".repeat(100_000))) {
            assertThatThrownBy(() -> template(deep).render(HELLO, true))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("chat_template.jinja");
        }
        String literal = "it\\'s {{ not }} a tag ".repeat(50_000);
        assertThat(template("{{ '" + literal + "' }}").render(HELLO, true)).isEqualTo(literal.replace("\\'", "'"));
        String plain = "{{ messages[0].content }} {# c #}".repeat(20_000);
        assertThat(template(plain).render(HELLO, true)).isEqualTo("Hello ".repeat(20_000));
    }

    @Test
    void aTemplateThatLeavesTheMessageOutIsRefusedAndOneThatReadsPartsGetsThem() {
        for (String deaf : List.of(
                "<|im_start|>user\n{{ message }}<|im_end|>",
                "{% for m in messages %}{{ m.role }}{% endfor %}",
                "{{ messages | length }}{{ messages[0].content | length }}",
                "")) {
            assertThatThrownBy(() -> template(deaf).forUserMessages())
                    .isInstanceOf(InputException.class)
                    .hasMessageContainingAll("chat_template.jinja", "leaves out what the user says");
        }
        for (String parts : List.of(
                "{% for m in messages %}{% for c in m.content %}{% if c.type == 'text' %}{{ c.text }}{% endif %}{% endfor %}{% endfor %}",
                "{{ messages[0]['content'][0]['text'] + '' }}")) {
            assertThat(template(parts).forUserMessages().render(HELLO, true)).isEqualTo("Hello");
        }
        assertThat(template("{{ messages[0].content }}").forUserMessages().render(HELLO, true))
                .isEqualTo("Hello");
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
