package dev.nla.serve.http;

import java.time.Duration;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.ServerConnector;

/**
 * How many connections there may be. While there are so many, those on which nothing moves are closed after a moment. Jetty shortens the time
 * of the connections that are open when the limit is reached; of a burst that reaches it, hardly one is open yet, so each is looked at again
 * when it opens.
 */
final class ConnectionLimit extends NetworkConnectionLimit implements Connection.Listener {
    /**
     * Limits a connector.
     *
     * @param crowdedIdle after which a connection on which nothing moves is closed while there are {@code most}
     */
    ConnectionLimit(int most, Duration crowdedIdle, ServerConnector connector) {
        super(most, connector);
        setEndPointIdleTimeout(crowdedIdle.toMillis());
    }

    @Override
    public void onOpened(Connection connection) {
        if (getNetworkConnectionCount() + getPendingNetworkConnectionCount() >= getMaxNetworkConnectionCount()) {
            connection.getEndPoint().setIdleTimeout(getEndPointIdleTimeout());
        }
    }
}
