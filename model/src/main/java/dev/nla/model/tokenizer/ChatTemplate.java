package dev.nla.model.tokenizer;

import dev.nla.model.InputException;
import dev.nla.model.template.Template;
import dev.nla.model.template.value.TemplateException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a conversation into the text a model was trained on, by the Jinja template that comes with it. The texts of the messages are
 * data: braces in them are never interpreted. The same settings as in transformers: block lines are trimmed, {@code bos_token},
 * {@code eos_token}, {@code raise_exception} and {@code strftime_now} are defined, {@code tools} and {@code documents} are none.
 */
public final class ChatTemplate {
    private static final List<Message> PROBE = List.of(Message.user("A"));
    private static final List<Message> OTHER_PROBE = List.of(Message.user("\u4E00"));

    private final Path file;
    private final Template template;
    private final Map<String, String> tokens;
    private final boolean parts;

    ChatTemplate(Path file, String source, Map<String, String> tokens) {
        this(file, parsed(file, source), tokens, false);
    }

    private ChatTemplate(Path file, Template template, Map<String, String> tokens, boolean parts) {
        this.file = file;
        this.template = template;
        this.tokens = Map.copyOf(tokens);
        this.parts = parts;
    }

    /**
     * Opens the template of a model folder: {@code chat_template.jinja}, or {@code chat_template} in {@code tokenizer_config.json}.
     *
     * @throws InputException when there is none, or a file is broken
     */
    public static ChatTemplate open(Path modelDir) {
        return TemplateFiles.read(modelDir);
    }

    /**
     * This template in the form that takes the user's words: most read {@code content} as a text, those of some multimodal models only as
     * a list of parts. Found out by rendering, not by reading the template.
     *
     * @throws InputException when what the user says leaves no trace in either form
     */
    public ChatTemplate forUserMessages() {
        ChatTemplate inParts = new ChatTemplate(file, template, tokens, true);
        Optional<Boolean> heard = heard();
        if (heard.orElse(false)) {
            return this;
        }
        if (inParts.heard().orElse(false)) {
            return inParts;
        }
        if (heard.isEmpty()) {
            return this;
        }
        throw InputException.data(
                "%s: the chat template leaves out what the user says; mend it (it must print each message's content),"
                        + " or use raw prompts",
                file);
    }

    /** Whether the user's words change the text; empty where the template cannot be rendered. */
    private Optional<Boolean> heard() {
        try {
            return Optional.of(!render(PROBE, true).equals(render(OTHER_PROBE, true)));
        } catch (InputException e) {
            return Optional.empty();
        }
    }

    /**
     * Renders a conversation.
     *
     * @param messages the turns, oldest first
     * @param addGenerationPrompt whether the text ends where the assistant's answer begins
     * @throws InputException when the template fails or refuses the conversation, or takes more steps or memory than a template may
     */
    public String render(List<Message> messages, boolean addGenerationPrompt) {
        Map<String, Object> variables = new HashMap<>(tokens);
        variables.put("messages", messages.stream().map(this::variable).toList());
        variables.put("add_generation_prompt", addGenerationPrompt);
        variables.put("tools", Optional.empty());
        variables.put("documents", Optional.empty());
        try {
            return template.render(variables);
        } catch (TemplateException e) {
            throw failed(file, e);
        }
    }

    private Map<String, Object> variable(Message message) {
        Map<String, Object> variable = new LinkedHashMap<>();
        variable.put("role", message.role());
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("type", "text");
        part.put("text", message.content());
        variable.put("content", parts ? List.of(part) : message.content());
        return variable;
    }

    private static Template parsed(Path file, String source) {
        try {
            return Template.parse(source);
        } catch (TemplateException e) {
            throw failed(file, e);
        }
    }

    private static InputException failed(Path file, TemplateException e) {
        return e.raised()
                ? InputException.data(e, "%s: the chat template refuses: %s", file, e.getMessage())
                : InputException.data(
                        e, "%s: line %d: the chat template cannot be rendered: %s", file, e.line(), e.getMessage());
    }
}
