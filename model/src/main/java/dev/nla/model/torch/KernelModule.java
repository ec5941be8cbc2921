package dev.nla.model.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A TorchScript module made from text: methods over tensors, with autograd and control flow, and attributes that live inside the
 * module. One call costs some microseconds whatever the method does, so whole loops belong into a method.
 *
 * <p>On the CPU an input made from Java numbers lies in memory that Java frees once that NDArray is closed. A method must therefore
 * {@code clone} an input of which anything outlives the call: what it keeps in an attribute, and what the backward pass will read, such
 * as indices and targets.
 */
public final class KernelModule implements AutoCloseable {
    private final NDManager owner;
    private final PtSymbolBlock block;

    private KernelModule(NDManager owner, PtSymbolBlock block) {
        this.owner = owner;
        this.block = block;
    }

    /**
     * Compiles a module.
     *
     * @param parent the module lives on the device of this manager and closes with it at the latest
     * @param beside the class in whose folder {@code kernels} the files lie
     * @param entry the file with {@code class Kernels(Module)}, without its ending {@code .py}; what it imports comes along
     * @param attributes values of the attributes that the class declares: Integer, Double, Boolean, String, {@link KernelObject}, or a
     *     List or Map of these; lists, dictionaries and optional attributes that are left out begin empty
     */
    public static KernelModule load(NDManager parent, Class<?> beside, String entry, Map<String, ?> attributes) {
        TorchRuntime.engine();
        NDManager owner = parent.newSubManager();
        try {
            byte[] archive = KernelArchive.pack(KernelFiles.read(beside, entry), entry, attributes);
            return new KernelModule(
                    owner, JniUtils.loadModule((PtNDManager) owner, new ByteArrayInputStream(archive), false, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a method that takes nothing. */
    public void run(String method) {
        try (NDManager scope = owner.newSubManager()) {
            call(scope, method, false, List.of());
        }
    }

    /**
     * Runs a method without gradients. Its results can never enter autograd.
     *
     * @param scope owns the results
     * @param inputs what the method reads in its one argument, {@code inputs: Dict[str, Tensor]}
     */
    public NDList infer(NDManager scope, String method, KernelInputs inputs) {
        return call(scope, method, false, inputs.named());
    }

    /**
     * Runs a method in grad mode: results carry gradients to inputs that require them.
     *
     * @param scope owns the results
     * @param inputs what the method reads in its one argument, {@code inputs: Dict[str, Tensor]}
     */
    public NDList train(NDManager scope, String method, KernelInputs inputs) {
        return call(scope, method, true, inputs.named());
    }

    private NDList call(NDManager scope, String method, boolean training, List<NDArray> inputs) {
        JniUtils.setGraphExecutorOptimize(false);
        NDList list = new NDList(inputs);
        try (NDArray name = owner.zeros(new Shape(1))) {
            name.setName("module_method:" + method);
            list.add(name);
            KernelCall call = KernelCall.begin(method);
            NDList result = IValueUtils.forward(block, list, training);
            call.commit();
            result.attach(scope);
            return result;
        } finally {
            inputs.forEach(input -> input.setName(null));
        }
    }

    @Override
    public void close() {
        block.close();
        owner.close();
    }
}
