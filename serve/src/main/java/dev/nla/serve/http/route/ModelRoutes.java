package dev.nla.serve.http.route;

import dev.nla.serve.api.request.ExtractRequest;
import dev.nla.serve.api.request.GapRequest;
import dev.nla.serve.api.request.Limits;
import dev.nla.serve.api.request.ReconstructRequest;
import dev.nla.serve.api.request.SteerRequest;
import dev.nla.serve.api.response.ExtractResponse;
import dev.nla.serve.api.response.GapResponse;
import dev.nla.serve.api.response.ReconstructResponse;
import dev.nla.serve.api.response.SteerResponse;
import dev.nla.serve.engine.Engine;
import dev.nla.serve.http.exchange.AnswerSize;
import dev.nla.serve.http.exchange.Exchange;
import dev.nla.serve.http.exchange.JsonAnswers;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Tokens and activations, reconstructions, steering, gaps. */
public record ModelRoutes(Engine engine, Limits limits, Exchange exchange) {
    public List<Route> all() {
        return List.of(
                Route.post("/v1/extract", this::extract),
                Route.post("/v1/reconstruct", this::reconstruct),
                Route.post("/v1/steer", this::steer),
                Route.post("/v1/gap", this::gap));
    }

    private void extract(Context context) throws IOException {
        CompletableFuture<ExtractResponse> answer = exchange.read(context, body -> {
            ExtractRequest request = ExtractRequest.read(body, limits);
            int vectors =
                    request.layers().size() * Math.max(1, request.positions().size());
            exchange.keep(context, "text", size().tokens(request.text()) + size().vectors(vectors));
            return engine.extract(request);
        });
        Exchange.send(context, 200, JsonAnswers.extracted(exchange.await(context, answer)));
    }

    private void reconstruct(Context context) throws IOException {
        CompletableFuture<ReconstructResponse> answer = exchange.read(context, body -> {
            ReconstructRequest request = ReconstructRequest.read(body, limits);
            exchange.keep(context, "nearest", size().vectors(1) + size().nearest(request.nearest()));
            return engine.reconstruct(request);
        });
        Exchange.send(context, 200, JsonAnswers.reconstructed(exchange.await(context, answer)));
    }

    private void steer(Context context) throws IOException {
        CompletableFuture<SteerResponse> answer = exchange.read(context, body -> {
            SteerRequest request = SteerRequest.read(body, limits);
            exchange.keep(
                    context,
                    "max_new_tokens",
                    size().written(2, request.sampling().maxNewTokens()));
            return engine.steer(request);
        });
        Exchange.send(context, 200, JsonAnswers.steered(exchange.await(context, answer)));
    }

    private void gap(Context context) throws IOException {
        CompletableFuture<List<GapResponse>> answer =
                exchange.read(context, body -> engine.gap(GapRequest.read(body, limits)));
        Exchange.send(context, 200, JsonAnswers.gaps(exchange.await(context, answer)));
    }

    private AnswerSize size() {
        return new AnswerSize(engine.model());
    }
}
