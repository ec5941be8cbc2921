package dev.nla.model.decoder.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import dev.nla.model.files.ThrowingConsumer;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.model.torch.KernelInputs;
import dev.nla.model.torch.KernelModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks kernels what weights they have rounded, and keeps it in a {@link PackedCopy}, one layer at a time in Java's memory. */
record PackedParts(KernelModule kernels, NDManager manager, Rounding rounding) {
    /** Bytes that go from torch to Java at a time. */
    private static final int AT_ONCE = 1 << 24;

    private static final double GIB = 1L << 30;

    /**
     * Writes the copy.
     *
     * @param packed the layers
     * @param made what the copy is of
     * @return why it could not be written; empty where it was
     */
    Optional<String> keep(List<WeightSlot> packed, Path path, String made) {
        List<TensorToWrite> tensors = new ArrayList<>();
        long bytes = 0;
        for (WeightSlot slot : packed) {
            TensorToWrite values = values(slot);
            TensorToWrite scales = scales(slot);
            bytes += bytes(values) + bytes(scales);
            tensors.add(values);
            tensors.add(scales);
        }
        try {
            Optional<String> full =
                    refusal(path, bytes, Files.getFileStore(path.getParent()).getUsableSpace());
            if (full.isEmpty()) {
                PackedCopy.write(path, made, tensors);
            }
            return full;
        } catch (InputException refused) {
            return Optional.of(refused.getMessage());
        } catch (IOException e) {
            return Optional.of(path + ": cannot be written: " + FileFault.of(e));
        }
    }

    /** Why a copy of so many bytes is not begun: it takes no more than half of what is free, which others need too. */
    static Optional<String> refusal(Path path, long bytes, long free) {
        return bytes <= free / 2
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%s: the rounded weights take %.2f GiB, more than half of the %.2f that are free on the disk; they "
                                + "are not kept, and the next start rounds them again: make room",
                        path,
                        bytes / GIB,
                        free / GIB));
    }

    private static long bytes(TensorToWrite tensor) {
        return tensor.shape()[0] * tensor.dtype().bytes();
    }

    private TensorToWrite values(WeightSlot slot) {
        DType type = rounding.bits(slot) == Byte.SIZE ? DType.I8 : DType.U8;
        return TensorToWrite.handed(
                PackedCopy.values(slot.layer()), type, size("values", slot), sink -> hand("values", slot, sink));
    }

    private TensorToWrite scales(WeightSlot slot) {
        // Those of 8 bits are single precision where nothing is taught.
        boolean half = rounding.taught() || rounding.bits(slot) != Byte.SIZE;
        return TensorToWrite.streamed(
                PackedCopy.scales(slot.layer()), half ? DType.BF16 : DType.F32, size("scales", slot), sink -> {
                    try (NDArray scales = part("scales", slot)) {
                        sink.write(scales.toFloatArray());
                    }
                });
    }

    private void hand(String name, WeightSlot slot, ThrowingConsumer<ByteBuffer> sink) throws IOException {
        try (NDArray part = part(name, slot)) {
            for (long at = 0; at < part.size(); at += AT_ONCE) {
                try (NDArray some = part.get(at + ":" + Math.min(part.size(), at + AT_ONCE))) {
                    sink.accept(ByteBuffer.wrap(some.toByteArray()));
                }
            }
        }
    }

    private long[] size(String name, WeightSlot slot) {
        try (NDArray part = part(name, slot)) {
            return new long[] {part.size()};
        }
    }

    private NDArray part(String name, WeightSlot slot) {
        try (KernelInputs inputs = new KernelInputs(manager)) {
            inputs.text("step", name).text("layer", slot.layer());
            return kernels.infer(manager, "load", inputs).singletonOrThrow();
        }
    }
}
