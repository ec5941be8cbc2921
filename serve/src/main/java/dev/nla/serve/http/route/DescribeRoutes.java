package dev.nla.serve.http.route;

import dev.nla.serve.api.request.Body;
import dev.nla.serve.api.request.DescribeRequest;
import dev.nla.serve.api.request.DescribeRowsRequest;
import dev.nla.serve.api.request.Limits;
import dev.nla.serve.api.response.DescribeResponse;
import dev.nla.serve.api.response.Progress;
import dev.nla.serve.engine.Engine;
import dev.nla.serve.http.exchange.AnswerSize;
import dev.nla.serve.http.exchange.EventStream;
import dev.nla.serve.http.exchange.Exchange;
import dev.nla.serve.http.exchange.JsonAnswers;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Descriptions of one activation, or of many. */
public record DescribeRoutes(Engine engine, Limits limits, Exchange exchange) {
    public List<Route> all() {
        return List.of(Route.post("/v1/describe", this::describe));
    }

    /** A request that was read and is being worked on: sends its answer. */
    @FunctionalInterface
    private interface Asked {
        void answer() throws IOException;
    }

    private void describe(Context context) throws IOException {
        Asked asked = exchange.read(
                context, body -> DescribeRowsRequest.asksForSeveral(body) ? many(context, body) : one(context, body));
        asked.answer();
    }

    private Asked many(Context context, Body body) {
        DescribeRowsRequest request = DescribeRowsRequest.read(body, limits);
        RowAnswers.Form form = RowAnswers.Form.of(context, body.flag("stream"));
        RowAnswers rows = RowAnswers.of(engine, exchange, request, limits.rows());
        long each = bytes(request.each());
        exchange.keep(context, "positions", each * (form == RowAnswers.Form.WHOLE ? rows.count() : RowFeed.AHEAD));
        return () -> rows.send(context, form);
    }

    private Asked one(Context context, Body body) {
        EventStream<DescribeResponse> stream = new EventStream<>(context, exchange);
        DescribeRequest request = DescribeRequest.read(body, limits);
        boolean streamed = body.flag("stream");
        exchange.keep(context, request.nearest() > 0 ? "nearest" : "max_new_tokens", bytes(request));
        CompletableFuture<DescribeResponse> answer = engine.describe(request, streamed ? stream : Progress.NONE);
        return streamed
                ? () -> follow(stream, answer)
                : () -> Exchange.send(context, 200, JsonAnswers.described(exchange.await(context, answer)));
    }

    private static void follow(EventStream<DescribeResponse> stream, CompletableFuture<DescribeResponse> answer)
            throws IOException {
        stream.follow(
                answer,
                (sample, text) -> List.of(EventStream.event(
                        "text",
                        JsonAnswers.text(
                                JsonAnswers.object().put("sample", sample).put("text", text)))),
                described -> List.of(EventStream.event("done", JsonAnswers.text(JsonAnswers.described(described)))),
                failure -> List.of(EventStream.event("error", JsonAnswers.text(JsonAnswers.error(failure)))));
    }

    private long bytes(DescribeRequest request) {
        AnswerSize size = new AnswerSize(engine.model());
        return size.written(request.samples(), request.sampling().maxNewTokens()) + size.nearest(request.nearest());
    }
}
