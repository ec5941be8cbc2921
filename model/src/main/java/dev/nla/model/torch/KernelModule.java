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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
     * @param source serialized TorchScript with one {@code class Kernels(Module)}
     * @param attributes values of the attributes that the class declares: Integer, Double, Boolean, or a List of them
     */
    public static KernelModule load(NDManager parent, String source, Map<String, ?> attributes) {
        TorchRuntime.engine();
        NDManager owner = parent.newSubManager();
        try {
            byte[] archive = KernelArchive.pack(source, attributes);
            return new KernelModule(
                    owner, JniUtils.loadModule((PtNDManager) owner, new ByteArrayInputStream(archive), false, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a module that lies beside a class. */
    public static String source(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a method without gradients. Its results can never enter autograd.
     *
     * @param scope owns the results
     */
    public NDList infer(NDManager scope, String method, NDArray... inputs) {
        return call(scope, method, false, inputs);
    }

    /**
     * Runs a method in grad mode: results carry gradients to inputs that require them.
     *
     * @param scope owns the results
     */
    public NDList train(NDManager scope, String method, NDArray... inputs) {
        return call(scope, method, true, inputs);
    }

    private NDList call(NDManager scope, String method, boolean training, NDArray... inputs) {
        JniUtils.setGraphExecutorOptimize(false);
        NDList list = new NDList(inputs.length + 1);
        for (NDArray input : inputs) {
            list.add(input);
        }
        try (NDArray name = owner.zeros(new Shape(1))) {
            name.setName("module_method:" + method);
            list.add(name);
            KernelCall call = KernelCall.begin(method);
            NDList result = IValueUtils.forward(block, list, training);
            call.commit();
            result.attach(scope);
            return result;
        }
    }

    @Override
    public void close() {
        block.close();
        owner.close();
    }
}
