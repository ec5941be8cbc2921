package dev.nla.eval.describe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nla.data.kept.KeptLines;
import dev.nla.data.kept.WorkInputs;
import dev.nla.model.generation.Completion;
import dev.nla.model.parts.Piece;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Explanation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The descriptions of an unfinished evaluation: a vector's place and all that was written of it a line. A run that is started again has the others written only. */
public final class KeptDescriptions implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** The vector at a place among those of one kind. */
    private record Place(String work, int index) {}

    private final Optional<KeptLines> lines;
    private final Map<Place, List<Description>> written;

    private KeptDescriptions(Optional<KeptLines> lines, Map<Place, List<Description>> written) {
        this.lines = lines;
        this.written = written;
    }

    /**
     * Opens what an earlier run has left, or begins anew.
     *
     * @param inputs everything that descriptions depend on
     * @throws dev.nla.model.InputException where a run with other inputs has left descriptions there, or the file system refuses
     */
    public static KeptDescriptions open(Path file, WorkInputs inputs) {
        Map<Place, List<Description>> written = new HashMap<>();
        KeptLines lines = KeptLines.open(file, "descriptions", inputs, line -> remember(line, written));
        return new KeptDescriptions(Optional.of(lines), written);
    }

    /** Descriptions that are not kept beyond this process. */
    public static KeptDescriptions inMemory() {
        return new KeptDescriptions(Optional.empty(), new HashMap<>());
    }

    /** Whether all vectors of these places are described. */
    boolean has(String work, Piece piece) {
        return IntStream.range(piece.begin(), piece.end()).allMatch(i -> written.containsKey(new Place(work, i)));
    }

    /** Descriptions of the vectors at the first places. */
    List<List<Description>> of(String work, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> written.get(new Place(work, i)))
                .toList();
    }

    /** Keeps descriptions of the vectors from a place on, which the disk has when this returns. */
    void keep(String work, int begin, List<List<Description>> descriptions) {
        List<Map<String, Object>> pieces = new ArrayList<>();
        for (int i = 0; i < descriptions.size(); i++) {
            written.put(new Place(work, begin + i), descriptions.get(i));
            pieces.add(Map.of(
                    "work",
                    work,
                    "index",
                    begin + i,
                    "descriptions",
                    descriptions.get(i).stream().map(KeptDescriptions::fields).toList()));
        }
        lines.ifPresent(file -> file.append(pieces));
    }

    private static Map<String, Object> fields(Description description) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("text", description.text());
        description.defect().ifPresent(defect -> fields.put("defect", defect.name()));
        fields.put("stopped", description.completion().stopped());
        fields.put("tokens", description.completion().tokens());
        fields.put("log_probabilities", description.completion().logProbabilities());
        return fields;
    }

    private static boolean remember(JsonNode line, Map<Place, List<Description>> written) {
        List<Description> descriptions = new ArrayList<>();
        try {
            for (JsonNode each : line.path("descriptions")) {
                descriptions.add(description(each));
            }
        } catch (JsonProcessingException | IllegalArgumentException damaged) {
            return false;
        }
        int index = line.path("index").asInt(-1);
        if (index < 0 || !line.path("work").isTextual() || descriptions.isEmpty()) {
            return false;
        }
        written.put(new Place(line.path("work").textValue(), index), descriptions);
        return true;
    }

    private static Description description(JsonNode fields) throws JsonProcessingException {
        if (!fields.path("tokens").isArray()
                || !fields.path("log_probabilities").isArray()) {
            throw new IllegalArgumentException("no tokens");
        }
        Completion completion = new Completion(
                JSON.treeToValue(fields.path("tokens"), long[].class),
                JSON.treeToValue(fields.path("log_probabilities"), float[].class),
                fields.path("stopped").asBoolean());
        Optional<Explanation.Defect> defect = fields.has("defect")
                ? Optional.of(Explanation.Defect.valueOf(fields.path("defect").asText()))
                : Optional.empty();
        return new Description(fields.path("text").asText(), defect, completion);
    }

    /** Deletes the file: the evaluation is written. */
    public void delete() {
        lines.ifPresent(KeptLines::delete);
    }

    /** Leaves the file to the next run; one that holds nothing is deleted. */
    @Override
    public void close() {
        lines.ifPresent(KeptLines::close);
    }
}
