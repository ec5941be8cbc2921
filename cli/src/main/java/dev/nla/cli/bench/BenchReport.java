package dev.nla.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.torch.TorchRuntime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Measures a piece of work several times and puts the middle one into a line of JSON. */
public final class BenchReport {
    private BenchReport() {}

    /**
     * One line: what was done, the median repetition's seconds, rates and phases, the seconds of all repetitions and the peak memory.
     *
     * @param settings what was done, by name
     */
    public static String line(Map<String, Object> settings, int repeat, Supplier<Measurement> work) {
        List<Measurement> all = Stream.generate(work).limit(repeat).toList();
        Measurement middle = all.stream()
                .sorted(Comparator.comparingDouble(Measurement::seconds))
                .toList()
                .get((repeat - 1) / 2);
        Map<String, Object> line = new LinkedHashMap<>(settings);
        line.put("threads", TorchRuntime.threads());
        line.put("seconds", rounded(middle.seconds()));
        PeakMemory.mebibytes().ifPresent(peak -> line.put("peak_rss_mb", peak));
        middle.rates().forEach((name, value) -> line.put(name, rounded(value)));
        if (!middle.phases().isEmpty()) {
            Map<String, Double> phases = new LinkedHashMap<>();
            middle.phases().forEach((name, value) -> phases.put(name, rounded(value)));
            line.put("phases", phases);
        }
        line.put(
                "repetitions",
                all.stream().map(Measurement::seconds).map(BenchReport::rounded).toList());
        try {
            return new ObjectMapper().writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
