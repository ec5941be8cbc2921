package dev.nla.model.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.util.Utils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/** The library in this process, which ends with it where an expression steps back too often. */
final class LibraryCodec implements TextCodec {
    private final HuggingFaceTokenizer library;
    private final Patience patience;
    private final TimeLimit time = new TimeLimit();

    /**
     * Opens a tokenizer; never uses the network.
     *
     * @throws IOException where the library finds that it is none, which it also says by other exceptions
     */
    LibraryCodec(byte[] json, Patience patience) throws IOException {
        stayOffline();
        Map<String, String> plain = Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "true");
        library = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), plain);
        this.patience = patience;
    }

    @Override
    public long[] encode(String text, boolean specials) {
        return patience.during(time, text.length(), "characters", () -> library.encode(text, specials, false)
                .getIds());
    }

    @Override
    public String decode(long[] ids, boolean skipSpecials) {
        return patience.during(time, ids.length, "tokens", () -> library.decode(ids, skipSpecials));
    }

    /** What is still under way uses it, and is not ended: then it stays. */
    @Override
    public void close() {
        if (!time.exceeded()) {
            library.close();
        }
    }

    /** Without these two settings DJL would look for a CUDA build of the library on the network, and report its use. */
    private static void stayOffline() {
        if (Utils.getEnvOrSystemProperty("RUST_FLAVOR") == null) {
            System.setProperty("RUST_FLAVOR", "cpu");
        }
        if (System.getProperty("ai.djl.offline") == null) {
            System.setProperty("ai.djl.offline", "true");
        }
    }
}
