package dev.nla.bulk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.bulk.source.ActivationPlace;
import dev.nla.claims.confidence.ConfidentReading;
import dev.nla.claims.confidence.ReadingJson;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.ScoredDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** A described activation as JSON, by the names that the HTTP interface has. */
public final class RowJson {
    private RowJson() {}

    /** Of an activation that one of perhaps several adapters has described; equal descriptions stand there once, with their {@code count}. */
    static ObjectNode of(ActivationPlace place, NamedVerbalizer verbalizer, WrittenWords words, boolean counted) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("id", place.id()).put("doc_id", place.docId()).put("adapter", verbalizer.name());
        place(row, place);
        Map<String, ObjectNode> byText = new LinkedHashMap<>();
        for (ScoredDescription each : words.descriptions()) {
            ObjectNode same = byText.computeIfAbsent(each.description().text(), text -> description(each));
            if (counted) {
                same.put("count", same.path("count").asInt() + 1);
            }
        }
        row.putArray("descriptions").addAll(byText.values());
        words.claims()
                .ifPresent(
                        reading -> claims(row, reading, verbalizer.confidence().orElseThrow()));
        warnings(row, words.warnings());
        return row;
    }

    /** Which block, and which token of which text. */
    public static void place(ObjectNode row, ActivationPlace place) {
        place.layer().ifPresent(layer -> row.put("layer", layer));
        place.token().ifPresent(at -> row.put("prompt", at.prompt().label())
                .put("position", at.position())
                .put("token", at.text()));
    }

    /** A description with how near it comes. */
    public static ObjectNode description(ScoredDescription scored) {
        Description description = scored.description();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("text", description.text()).put("finish_reason", description.finishReason());
        description
                .defect()
                .ifPresent(defect -> node.put("defect", defect.name().toLowerCase(Locale.ROOT)));
        scored.cosine().ifPresent(cosine -> node.put(cosine.centered() ? "centered_cosine" : "cosine", cosine.value()));
        return node;
    }

    /** Claims with their probabilities under {@code claims}, and a searched description under {@code searched}. */
    public static void claims(ObjectNode row, ConfidentReading reading, Confidence confidence) {
        ReadingJson.write(row, reading, confidence.calibration().meaning(), OptionalDouble.of(confidence.withhold()));
    }

    /** What makes the words less trustworthy, where something does. */
    public static void warnings(ObjectNode row, List<String> warnings) {
        if (!warnings.isEmpty()) {
            warnings.forEach(row.withArray("warnings")::add);
        }
    }
}
