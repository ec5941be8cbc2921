package dev.nla.spark;

import ai.djl.Device;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.workers.WorkerSetup;
import dev.nla.model.workers.apart.AdapterWeights;
import dev.nla.model.workers.apart.WorkerProcess;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;

/**
 * What a task does on an executor: works on a part.
 *
 * @param work as bytes
 * @param weights of the adapters that the work names; a broadcast's number is their version
 */
record PartTask(WorkerSetup setup, byte[] work, Map<Integer, Broadcast<float[]>> weights)
        implements Function<byte[], byte[]> {
    @Override
    public byte[] call(byte[] part) {
        return Held.process(setup).on(work, part, number -> {
            Broadcast<float[]> sent = weights.get(number);
            return new AdapterWeights(sent.id(), sent.value());
        });
    }

    /** An executor serves one run, whose model and adapters it keeps. */
    private static final class Held {
        private static WorkerProcess process;

        static synchronized WorkerProcess process(WorkerSetup setup) {
            if (process == null) {
                process = new WorkerProcess(name(), setup, device());
            }
            return process;
        }

        private static String name() {
            SparkEnv env = SparkEnv.get();
            return env.blockManager().blockManagerId().host() + " executor " + env.executorId();
        }

        /** The device that Spark has given to this executor's tasks, where it gives any. */
        private static Device device() {
            ResourceInformation gpu = TaskContext.get().resourcesJMap().get("gpu");
            return gpu == null ? TorchRuntime.defaultDevice() : TorchRuntime.device("cuda:" + gpu.addresses()[0]);
        }
    }
}
