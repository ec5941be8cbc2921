package dev.nla.spark;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** A job whose answers are taken as they come, so that no more of them are held here than wait for an earlier one. */
final class PartJob {
    private PartJob() {}

    /** Runs a task for each partition, of which each holds one part. */
    static void run(JavaRDD<byte[]> parts, InOrder order) {
        Seq<Object> all = CollectionConverters.<Object>asScala(IntStream.range(0, parts.getNumPartitions())
                        .<Object>mapToObj(i -> i)
                        .iterator())
                .toSeq();
        parts.context().runJob(parts.rdd(), new Only(), all, new Taking(order), ClassTag$.MODULE$.apply(byte[].class));
    }

    /** The one element of a partition. */
    private static final class Only extends AbstractFunction2<TaskContext, Iterator<byte[]>, byte[]>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public byte[] apply(TaskContext context, Iterator<byte[]> elements) {
            return elements.next();
        }
    }

    private static final class Taking extends AbstractFunction2<Object, byte[], BoxedUnit> {
        private final transient InOrder order;

        Taking(InOrder order) {
            this.order = order;
        }

        @Override
        public BoxedUnit apply(Object part, byte[] answer) {
            order.take((Integer) part, answer);
            return BoxedUnit.UNIT;
        }
    }
}
