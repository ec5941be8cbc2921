package dev.nla.exchange.parquet;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** The Arrow schema of a parquet file, as Arrow's own writers keep it in the file's metadata: an IPC message in base 64. */
final class ArrowSchema {
    /** Where readers look for it. */
    static final String KEY = "ARROW:schema";

    private static final int CONTINUATION = -1;
    private static final String ELEMENT = "element";

    private final FlatBufferBuilder builder = new FlatBufferBuilder();

    private ArrowSchema() {}

    static String encode(List<ParquetColumn> columns) {
        return Base64.getEncoder().encodeToString(new ArrowSchema().message(columns));
    }

    private byte[] message(List<ParquetColumn> columns) {
        int[] fields = columns.stream().mapToInt(this::field).toArray();
        int schema = Schema.createSchema(builder, (short) 0, Schema.createFieldsVector(builder, fields), 0, 0);
        builder.finish(Message.createMessage(builder, MetadataVersion.V5, MessageHeader.Schema, schema, 0, 0));
        byte[] bytes = builder.sizedByteArray();
        int padded = (bytes.length + 7) / 8 * 8;
        return ByteBuffer.allocate(8 + padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(CONTINUATION)
                .putInt(padded)
                .put(bytes)
                .array();
    }

    private int field(ParquetColumn column) {
        if (column instanceof ParquetColumn.Whole) {
            return field(column.name(), Type.Int, Int.createInt(builder, 64, true));
        }
        if (column instanceof ParquetColumn.Real) {
            return field(
                    column.name(), Type.FloatingPoint, FloatingPoint.createFloatingPoint(builder, Precision.DOUBLE));
        }
        if (column instanceof ParquetColumn.Vector vector) {
            int element =
                    field(ELEMENT, Type.FloatingPoint, FloatingPoint.createFloatingPoint(builder, Precision.SINGLE));
            return field(
                    column.name(),
                    Type.FixedSizeList,
                    FixedSizeList.createFixedSizeList(builder, vector.length()),
                    element);
        }
        if (column instanceof ParquetColumn.Message) {
            int role = text("role");
            int content = text("content");
            int element = field(ELEMENT, Type.Struct_, struct(), role, content);
            return field(column.name(), Type.List, list(), element);
        }
        return text(column.name());
    }

    private int text(String name) {
        Utf8.startUtf8(builder);
        return field(name, Type.Utf8, Utf8.endUtf8(builder));
    }

    private int struct() {
        Struct_.startStruct_(builder);
        return Struct_.endStruct_(builder);
    }

    private int list() {
        org.apache.arrow.flatbuf.List.startList(builder);
        return org.apache.arrow.flatbuf.List.endList(builder);
    }

    private int field(String name, byte typeType, int type, int... children) {
        return Field.createField(
                builder,
                builder.createString(name),
                true,
                typeType,
                type,
                0,
                Field.createChildrenVector(builder, children),
                0);
    }
}
