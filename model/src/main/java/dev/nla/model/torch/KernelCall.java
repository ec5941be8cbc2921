package dev.nla.model.torch;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Flight recorder's event of one call into torch; costs nothing unless a recording runs. On a GPU it is the time to hand work over. */
@Name("dev.nla.KernelCall")
@Label("Kernel call")
@Category("nla")
@StackTrace(false)
public final class KernelCall extends Event {
    @Label("Method")
    private final String method;

    private KernelCall(String method) {
        this.method = method;
    }

    /** Begins an event; {@link #commit()} ends it. */
    public static KernelCall begin(String method) {
        KernelCall call = new KernelCall(method);
        call.begin();
        return call;
    }
}
