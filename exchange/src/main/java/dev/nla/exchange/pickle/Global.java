package dev.nla.exchange.pickle;

import dev.nla.model.safetensors.DType;
import java.util.Map;
import java.util.Optional;

/** The few names a pickle may look up. None of them is called as a function: each stands for something that is built here. */
sealed interface Global {
    /** Builds a tensor out of a storage, an offset, a shape and strides. */
    record RebuildTensor() implements Global {}

    /** A dict that keeps its order. */
    record OrderedDict() implements Global {}

    /** A type of storage. */
    record StorageType(DType dtype) implements Global {}

    Map<String, Global> KNOWN = Map.ofEntries(
            Map.entry("torch._utils._rebuild_tensor_v2", new RebuildTensor()),
            Map.entry("collections.OrderedDict", new OrderedDict()),
            Map.entry("torch.DoubleStorage", new StorageType(DType.F64)),
            Map.entry("torch.FloatStorage", new StorageType(DType.F32)),
            Map.entry("torch.HalfStorage", new StorageType(DType.F16)),
            Map.entry("torch.BFloat16Storage", new StorageType(DType.BF16)),
            Map.entry("torch.LongStorage", new StorageType(DType.I64)),
            Map.entry("torch.IntStorage", new StorageType(DType.I32)),
            Map.entry("torch.ShortStorage", new StorageType(DType.I16)),
            Map.entry("torch.CharStorage", new StorageType(DType.I8)),
            Map.entry("torch.ByteStorage", new StorageType(DType.U8)),
            Map.entry("torch.BoolStorage", new StorageType(DType.BOOL)));

    static Optional<Global> named(String module, String name) {
        return Optional.ofNullable(KNOWN.get(module + "." + name));
    }
}
