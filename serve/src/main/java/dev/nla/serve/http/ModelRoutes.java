package dev.nla.serve.http;

import dev.nla.serve.api.Body;
import dev.nla.serve.api.DescribeRequest;
import dev.nla.serve.api.Described;
import dev.nla.serve.api.ExtractRequest;
import dev.nla.serve.api.GapRequest;
import dev.nla.serve.api.Limits;
import dev.nla.serve.api.Progress;
import dev.nla.serve.api.ReconstructRequest;
import dev.nla.serve.engine.Engine;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/** Tokens and activations, descriptions, reconstructions, gaps. */
record ModelRoutes(Engine engine, Limits limits, Exchange exchange) {
    List<Route> all() {
        return List.of(
                Route.post("/v1/extract", this::extract),
                Route.post("/v1/describe", this::describe),
                Route.post("/v1/reconstruct", this::reconstruct),
                Route.post("/v1/gap", this::gap));
    }

    private void extract(Context context) throws IOException {
        ExtractRequest request = ExtractRequest.read(exchange.body(context), limits);
        Exchange.send(context, 200, Answers.extracted(exchange.await(context, engine.extract(request))));
    }

    private void describe(Context context) throws IOException {
        Body body = exchange.body(context);
        DescribeRequest request = DescribeRequest.read(body, limits);
        if (!body.flag("stream")) {
            Exchange.send(
                    context, 200, Answers.described(exchange.await(context, engine.describe(request, Progress.NONE))));
            return;
        }
        EventStream<Described> stream = new EventStream<>(context, exchange);
        stream.follow(
                engine.describe(request, stream),
                (sample, text) -> List.of(EventStream.event(
                        "text",
                        Answers.text(Answers.object().put("sample", sample).put("text", text)))),
                described -> List.of(EventStream.event("done", Answers.text(Answers.described(described)))),
                failure -> List.of(EventStream.event("error", Answers.text(Answers.error(failure)))));
    }

    private void reconstruct(Context context) throws IOException {
        ReconstructRequest request = ReconstructRequest.read(exchange.body(context), limits);
        Exchange.send(context, 200, Answers.reconstructed(exchange.await(context, engine.reconstruct(request))));
    }

    private void gap(Context context) throws IOException {
        GapRequest request = GapRequest.read(exchange.body(context), limits);
        Exchange.send(context, 200, Answers.gaps(exchange.await(context, engine.gap(request))));
    }
}
