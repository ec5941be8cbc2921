package dev.nla.model.files;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How JSON from others is parsed: a key given twice and anything behind the value are errors. */
public final class StrictJson {
    private StrictJson() {}

    /** For files. */
    public static JsonMapper mapper() {
        return builder().build();
    }

    /** For lines and requests, whose readers refuse NaN by the name of its key: it is parsed, so that there is one. */
    public static JsonMapper mapperWithNaN() {
        return builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    }

    private static JsonMapper.Builder builder() {
        return JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
