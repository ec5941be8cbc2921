package dev.nla.exchange;

/** The columns of kitft's parquet files, and the placeholder in its prompts. */
final class KitftColumns {
    static final String VECTOR = "activation_vector";
    static final String DOCUMENT = "doc_id";
    static final String TOKENS = "n_raw_tokens";
    static final String LAYER = "activation_layer";
    static final String TEXT = "detokenized_text_truncated";
    static final String EXPLANATION = "api_explanation";
    static final String PROMPT = "prompt";
    static final String RESPONSE = "response";
    /** No stage of the builder writes it, but the trainer carries it along; rows keep their ids by it. */
    static final String ID = "sample_uuid";

    /** Stands in prompts where the trainer puts the marker. */
    static final String PLACEHOLDER = "<INJECT>";

    private KitftColumns() {}
}
