package dev.nla.serve.http.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.claims.confidence.ReadingJson;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.request.Span;
import dev.nla.serve.api.response.AdapterFacts;
import dev.nla.serve.api.response.ChatResponse;
import dev.nla.serve.api.response.DescribeResponse;
import dev.nla.serve.api.response.ExtractResponse;
import dev.nla.serve.api.response.GapResponse;
import dev.nla.serve.api.response.ModelFacts;
import dev.nla.serve.api.response.NearText;
import dev.nla.serve.api.response.ReconstructResponse;
import dev.nla.serve.api.response.RoundTrip;
import dev.nla.serve.api.response.SteerResponse;
import dev.nla.serve.api.response.Usage;
import java.util.List;
import java.util.OptionalDouble;

/** JsonAnswers as JSON. What is not known is left out; numbers that are not defined are null. */
public final class JsonAnswers {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonAnswers() {}

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Compact text. */
    public static String text(ObjectNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static ObjectNode error(RequestException failure) {
        ObjectNode root = object();
        ObjectNode error = root.putObject("error");
        error.put("type", failure.fault().type()).put("message", failure.getMessage());
        error.put("param", failure.parameter().orElse(null));
        return root;
    }

    public static ObjectNode facts(ModelFacts facts) {
        ObjectNode node = object();
        node.put("name", facts.name()).put("layers", facts.layers()).put("width", facts.width());
        node.put("context_length", facts.contextLength()).put("compute_dtype", facts.computeType());
        facts.reconstructorLayer().ifPresent(layer -> node.put("reconstructor_layer", layer));
        facts.loaded()
                .ifPresent(loaded ->
                        node.putObject("loaded").put("rows", loaded.rows()).put("layer", loaded.layer()));
        return node;
    }

    public static ObjectNode adapter(AdapterFacts facts) {
        ObjectNode node = object();
        node.put("name", facts.name()).put("stage", facts.stage()).put("lora_r", facts.rank());
        facts.layer().ifPresent(layer -> node.put("layer", layer));
        facts.origin().prompt().ifPresent(style -> node.put("prompt", style));
        facts.origin().position().ifPresent(which -> node.put("position", which));
        if (facts.origin().skipFirst() > 0) {
            node.put("skip_first", facts.origin().skipFirst());
        }
        if (facts.calibrated()) {
            node.put("confidence", true);
        }
        return node;
    }

    public static ObjectNode extracted(ExtractResponse extracted) {
        ObjectNode node = object();
        ArrayNode tokens = node.putArray("tokens");
        extracted
                .tokens()
                .forEach(token -> tokens.addObject().put("id", token.id()).put("text", token.text()));
        node.put("text_start", extracted.textStart()).put("text_end", extracted.textEnd());
        ArrayNode activations = node.putArray("activations");
        for (ExtractResponse.Activation activation : extracted.activations()) {
            ObjectNode entry = activations.addObject();
            entry.put("layer", activation.layer()).put("position", activation.position());
            vector(entry, activation.vector());
        }
        return node;
    }

    public static ObjectNode described(DescribeResponse described) {
        ObjectNode node = object();
        node.put("adapter", described.adapter());
        described.layer().ifPresent(layer -> node.put("layer", layer));
        described.place().ifPresent(place -> {
            node.put("prompt", place.prompt().label());
            position(node, place.span());
            node.put("token", place.text());
        });
        ArrayNode descriptions = node.putArray("descriptions");
        for (DescribeResponse.Written written : described.descriptions()) {
            ObjectNode entry = descriptions.addObject();
            entry.put("text", written.text()).put("finish_reason", written.finishReason());
            written.defect().ifPresent(defect -> entry.put("defect", defect));
            written.roundTrip().ifPresent(trip -> roundTrip(entry, trip));
        }
        described
                .claims()
                .ifPresent(
                        claims -> ReadingJson.write(node, claims.reading(), claims.meaning(), OptionalDouble.empty()));
        nearest(node, described.nearest());
        warnings(node, described.warnings());
        node.set("usage", usage(described.usage()));
        return node;
    }

    public static ObjectNode reconstructed(ReconstructResponse reconstructed) {
        ObjectNode node = object();
        node.put("layer", reconstructed.layer());
        reconstructed.cosine().ifPresent(cosine -> node.put("cosine", cosine));
        reconstructed.roundTrip().ifPresent(trip -> roundTrip(node, trip));
        nearest(node, reconstructed.nearest());
        warnings(node, reconstructed.warnings());
        vector(node, reconstructed.vector());
        return node;
    }

    public static ObjectNode steered(SteerResponse steered) {
        ObjectNode node = object();
        node.put("layer", steered.layer())
                .put("prompt", steered.place().prompt().label());
        position(node, steered.place().span());
        node.put("token", steered.place().text());
        node.set("before", continuation(steered.before()));
        node.set("after", continuation(steered.after()));
        warnings(node, steered.warnings());
        node.set("usage", usage(steered.usage()));
        return node;
    }

    private static ObjectNode continuation(ChatResponse.Choice choice) {
        return object().put("text", choice.text()).put("finish_reason", choice.finishReason());
    }

    public static ObjectNode gaps(List<GapResponse> measured) {
        ObjectNode node = object();
        ArrayNode items = node.putArray("items");
        for (GapResponse each : measured) {
            ObjectNode item = items.addObject();
            roundTrip(item, each.roundTrip());
            warnings(item, each.warnings());
        }
        List<RoundTrip> trips = measured.stream().map(GapResponse::roundTrip).toList();
        ObjectNode mean = node.putObject("mean");
        mean.put("centered_gap", mean(trips, trip -> trip.centered().gap()));
        mean.put("legacy_gap", mean(trips, trip -> trip.legacy().gap()));
        mean.put("accuracy", mean(trips, trip -> trip.centered().gap() > 0 ? 1 : 0));
        return node;
    }

    private static double mean(List<RoundTrip> trips, java.util.function.ToDoubleFunction<RoundTrip> value) {
        return trips.stream().mapToDouble(value).average().orElseThrow();
    }

    public static ObjectNode usage(Usage usage) {
        return object().put("prompt_tokens", usage.promptTokens())
                .put("completion_tokens", usage.completionTokens())
                .put("total_tokens", usage.promptTokens() + usage.completionTokens());
    }

    private static void roundTrip(ObjectNode node, RoundTrip trip) {
        node.put("cosine", trip.cosine()).put("centered_cosine", trip.centeredCosine());
        node.put("rank", trip.rank()).put("candidates", trip.candidates());
        ObjectNode gap = node.putObject("gap");
        gap.set("centered", gap(trip.centered()));
        gap.set("legacy", gap(trip.legacy()));
    }

    private static ObjectNode gap(RoundTrip.RowGap gap) {
        ObjectNode node = object();
        node.put("correct_cos", gap.correctCos()).put("hard_negative_cos", gap.hardNegativeCos());
        node.put("gap", gap.gap());
        number(node, "floor", gap.floor());
        node.put("ceiling", gap.ceiling());
        number(node, "calibrated", gap.calibrated());
        return node;
    }

    private static void number(ObjectNode node, String key, double value) {
        node.put(key, Double.isFinite(value) ? (Double) value : null);
    }

    private static void nearest(ObjectNode node, List<NearText> texts) {
        for (NearText text : texts) {
            ObjectNode entry = node.withArray("nearest").addObject();
            entry.put("id", text.id()).put("text", text.text()).put("description", text.description());
            entry.put("centered_cosine", text.centeredCosine());
        }
    }

    private static void warnings(ObjectNode node, List<String> warnings) {
        warnings.forEach(warning -> node.withArray("warnings").add(warning));
    }

    private static void position(ObjectNode node, Span span) {
        if (span.length() == 1) {
            node.put("position", span.begin());
        } else {
            node.putArray("position").add(span.begin()).add(span.end());
        }
    }

    private static void vector(ObjectNode node, float[] vector) {
        ArrayNode numbers = node.putArray("vector");
        for (float number : vector) {
            numbers.add(number);
        }
    }
}
