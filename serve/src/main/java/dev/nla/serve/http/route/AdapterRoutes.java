package dev.nla.serve.http.route;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.serve.api.request.ChatRequest;
import dev.nla.serve.api.request.Limits;
import dev.nla.serve.api.response.AdapterFacts;
import dev.nla.serve.engine.Engine;
import dev.nla.serve.http.exchange.Exchange;
import dev.nla.serve.http.exchange.JsonAnswers;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/** What is loaded, and loading and unloading it. */
public record AdapterRoutes(Engine engine, Limits limits, Exchange exchange) {
    public List<Route> all() {
        return List.of(
                Route.get("/v1/adapters", this::list),
                Route.post("/v1/adapters", this::load),
                Route.delete("/v1/adapters/{name}", this::unload),
                Route.get("/v1/models", this::models));
    }

    private void list(Context context) {
        ObjectNode root = JsonAnswers.object();
        root.set("model", JsonAnswers.facts(engine.model()));
        ArrayNode adapters = root.putArray("adapters");
        engine.adapters().forEach(adapter -> adapters.add(JsonAnswers.adapter(adapter)));
        engine.loadable().forEach(root.putArray("loadable")::add);
        root.putObject("limits")
                .put("samples", limits.samples())
                .put("max_new_tokens", limits.maxNewTokens())
                .put("rows", limits.rows());
        Exchange.send(context, 200, root);
    }

    private void load(Context context) throws IOException {
        String name = exchange.read(context, body -> body.only("name").requiredText("name"));
        AdapterFacts loaded = exchange.await(context, engine.load(name));
        Exchange.send(context, 201, JsonAnswers.adapter(loaded));
    }

    private void unload(Context context) throws IOException {
        exchange.await(context, engine.unload(context.pathParam("name")));
        context.status(204);
    }

    private void models(Context context) {
        ObjectNode root = JsonAnswers.object().put("object", "list");
        ArrayNode models = root.putArray("data");
        models.add(model(ChatRequest.BASE));
        engine.adapters().forEach(adapter -> models.add(model(adapter.name())));
        Exchange.send(context, 200, root);
    }

    private static ObjectNode model(String name) {
        return JsonAnswers.object()
                .put("id", name)
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "nla");
    }
}
