package dev.nla.serve.http.route;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.serve.api.request.ChatRequest;
import dev.nla.serve.api.request.Limits;
import dev.nla.serve.api.response.ChatResponse;
import dev.nla.serve.api.response.Progress;
import dev.nla.serve.engine.Engine;
import dev.nla.serve.http.exchange.AnswerSize;
import dev.nla.serve.http.exchange.EventStream;
import dev.nla.serve.http.exchange.Exchange;
import dev.nla.serve.http.exchange.JsonAnswers;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Chat completions in the form that OpenAI's clients speak. */
public record ChatRoutes(Engine engine, Limits limits, Exchange exchange) {
    public List<Route> all() {
        return List.of(Route.post("/v1/chat/completions", this::complete));
    }

    private void complete(Context context) throws IOException {
        EventStream<ChatResponse> stream = new EventStream<>(context, exchange);
        Asked asked = exchange.read(context, body -> {
            ChatRequest request = ChatRequest.read(body, limits);
            boolean streamed = body.flag("stream");
            exchange.keep(
                    context,
                    "n",
                    new AnswerSize(engine.model())
                            .written(request.choices(), request.sampling().maxNewTokens()));
            return new Asked(new Writing(request), streamed, engine.chat(request, streamed ? stream : Progress.NONE));
        });
        if (!asked.streamed()) {
            Exchange.send(context, 200, asked.writing().whole(exchange.await(context, asked.answer())));
            return;
        }
        stream.follow(
                asked.answer(),
                asked.writing()::grown,
                asked.writing()::last,
                failure -> List.of(EventStream.data(JsonAnswers.text(JsonAnswers.error(failure)))));
    }

    private record Asked(Writing writing, boolean streamed, CompletableFuture<ChatResponse> answer) {}

    /** One answer as it is written. */
    private static final class Writing {
        private final ChatRequest request;
        private final String id = "chatcmpl-" + UUID.randomUUID();
        private final long created = Instant.now().getEpochSecond();
        private final String[] sent;

        Writing(ChatRequest request) {
            this.request = request;
            this.sent = new String[request.choices()];
            Arrays.fill(sent, "");
        }

        ObjectNode whole(ChatResponse answered) {
            ObjectNode root = root("chat.completion");
            ArrayNode choices = root.putArray("choices");
            for (int i = 0; i < answered.choices().size(); i++) {
                ChatResponse.Choice choice = answered.choices().get(i);
                ObjectNode entry = choices.addObject().put("index", i);
                entry.putObject("message").put("role", "assistant").put("content", choice.text());
                entry.put("finish_reason", choice.finishReason()).putNull("logprobs");
            }
            root.set("usage", JsonAnswers.usage(answered.usage()));
            return root;
        }

        List<String> grown(int choice, String text) {
            // A letter that is not whole yet may change what was decoded before it: what is new is sent once the text
            // goes on from there.
            if (!text.startsWith(sent[choice]) || text.length() == sent[choice].length()) {
                return List.of();
            }
            boolean first = sent[choice].isEmpty();
            String delta = text.substring(sent[choice].length());
            sent[choice] = text;
            ObjectNode chunk = root("chat.completion.chunk");
            ObjectNode entry = chunk.putArray("choices").addObject().put("index", choice);
            ObjectNode content = entry.putObject("delta");
            if (first) {
                content.put("role", "assistant");
            }
            content.put("content", delta);
            entry.putNull("finish_reason");
            return List.of(EventStream.data(JsonAnswers.text(chunk)));
        }

        List<String> last(ChatResponse answered) {
            List<String> events = new ArrayList<>();
            for (int i = 0; i < answered.choices().size(); i++) {
                ChatResponse.Choice choice = answered.choices().get(i);
                events.addAll(grown(i, choice.text()));
                ObjectNode chunk = root("chat.completion.chunk");
                ObjectNode entry = chunk.putArray("choices").addObject().put("index", i);
                entry.putObject("delta");
                entry.put("finish_reason", choice.finishReason());
                events.add(EventStream.data(JsonAnswers.text(chunk)));
            }
            if (request.usageInStream()) {
                ObjectNode chunk = root("chat.completion.chunk");
                chunk.putArray("choices");
                chunk.set("usage", JsonAnswers.usage(answered.usage()));
                events.add(EventStream.data(JsonAnswers.text(chunk)));
            }
            events.add(EventStream.data("[DONE]"));
            return events;
        }

        private ObjectNode root(String object) {
            return JsonAnswers.object()
                    .put("id", id)
                    .put("object", object)
                    .put("created", created)
                    .put("model", request.model());
        }
    }
}
