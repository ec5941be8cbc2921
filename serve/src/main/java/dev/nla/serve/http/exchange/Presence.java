package dev.nla.serve.http.exchange;

import io.javalin.http.Context;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.IdleTimeout;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Whether the client of a request whose body has been read is still there: Jetty itself looks at a connection again only once the answer is
 * written. A client that sends its next request early, which hardly one does, must ask for it again on another connection, as HTTP has it.
 */
public final class Presence {
    private final Context context;
    private final EndPoint connection;
    private boolean spoke;

    Presence(Context context) {
        this.context = context;
        this.connection = ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
    }

    /**
     * Says that the connection is in use, though nothing moves on it. Jetty spares a request that is being worked on when its connection's
     * time is up, but not an answer that is being written in that moment.
     */
    void waits() {
        if (connection instanceof IdleTimeout idle) {
            idle.notIdle();
        }
    }

    /** Whether the client has closed the connection, or its half of it. */
    boolean left() {
        if (spoke) {
            return false;
        }
        try {
            int count = connection.fill(BufferUtil.allocate(1));
            if (count > 0) {
                spoke = true;
                context.header("Connection", "close");
            }
            return count < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
