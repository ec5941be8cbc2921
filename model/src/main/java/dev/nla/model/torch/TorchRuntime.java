package dev.nla.model.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.nla.model.InputException;
import java.util.Locale;

/** Starts libtorch once a process, which has one number of threads for all that it computes. */
public final class TorchRuntime {
    private TorchRuntime() {}

    /** The number of threads torch computes with: that of the processors, unless another was asked for. */
    public static int threads() {
        engine();
        return JniUtils.getNumThreads();
    }

    /** Has torch compute with this many threads from now on, at least 1. Results may differ in the last digit with their number. */
    public static void useThreads(int threads) {
        engine();
        JniUtils.setNumThreads(threads);
    }

    /**
     * Has torch record nothing for gradients on this thread but within a gradient collector. Only the thread that torch was started on is so by
     * itself; on others it would record whatever meets trained numbers.
     */
    public static void recordNothing() {
        engine();
        JniUtils.setGradMode(false);
    }

    /** A new top-level manager on the given device; the caller closes it. */
    public static NDManager newManager(Device device) {
        return engine().newBaseManager(device);
    }

    /** The first GPU if the engine sees one, else the CPU. */
    public static Device defaultDevice() {
        return gpus() > 0 ? Device.gpu() : Device.cpu();
    }

    /** How many GPUs the engine sees. */
    public static int gpus() {
        return engine().getGpuCount();
    }

    /** Parses {@code auto}, {@code cpu}, {@code cuda}, or {@code cuda:1} for the second GPU. */
    public static Device device(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.matches("(cuda|gpu):\\d{1,4}")) {
            return Device.gpu(Integer.parseInt(lower.substring(lower.indexOf(':') + 1)));
        }
        return switch (lower) {
            case "auto" -> defaultDevice();
            case "cpu" -> Device.cpu();
            case "cuda", "gpu" -> Device.gpu();
            default ->
                throw InputException.usage("device is '%s': give auto, cpu, cuda or cuda:1 for the second GPU", name);
        };
    }

    /** Seeds torch's generator, which dropout draws from. */
    public static void seed(long seed) {
        engine();
        JniUtils.setSeed(seed);
    }

    /** The version of libtorch that is loaded, such as {@code 2.7.1}. */
    public static String version() {
        return engine().getVersion();
    }

    /** The engine; loads the native library on the first call. */
    static Engine engine() {
        return Started.ENGINE;
    }

    private static final class Started {
        static final Engine ENGINE = start();

        private static Engine start() {
            setDefault("ai.djl.offline", "true");
            setDefault(
                    "ai.djl.pytorch.num_threads",
                    String.valueOf(Runtime.getRuntime().availableProcessors()));
            setDefault("ai.djl.pytorch.num_interop_threads", "1");
            // The profiling executor rewrites a kernel after its first runs: the same step would then differ in the
            // last digit.
            setDefault("ai.djl.pytorch.graph_optimizer", "false");
            return Engine.getEngine("PyTorch");
        }

        private static void setDefault(String key, String value) {
            if (System.getProperty(key) == null) {
                System.setProperty(key, value);
            }
        }
    }
}
