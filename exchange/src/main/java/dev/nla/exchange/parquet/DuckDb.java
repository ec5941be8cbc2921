package dev.nla.exchange.parquet;

import dev.nla.model.InputException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/** Connections to a private database, and text for its SQL. */
final class DuckDb {
    private static final List<String> SETTINGS = List.of(
            // one thread keeps rows in their order and leaves the processors alone
            "SET threads = 1",
            "SET preserve_insertion_order = true",
            // nothing is fetched from the network
            "SET autoinstall_known_extensions = false",
            "SET autoload_known_extensions = false",
            "SET enable_progress_bar = false");

    private static final String FILE = "rows_in_file";

    private static final String CAUSE = "Error: ";

    private DuckDb() {}

    /** A database in memory. */
    static Connection inMemory() throws SQLException {
        return open(SETTINGS);
    }

    /** A database in a file that is made, so that what is put into it need not fit into memory. */
    static Connection inFile(Path file) throws SQLException {
        // not by the connection's address, in which a semicolon ends the name
        String path = file.toAbsolutePath().toString();
        List<String> place = List.of(
                "SET temp_directory = " + text(path + ".tmp"),
                // without a log, which nobody recovers from and whose name breaks off at a question mark
                "ATTACH " + text(path) + " AS " + FILE + " (RECOVERY_MODE no_wal_writes)",
                "USE " + FILE);
        return open(Stream.concat(SETTINGS.stream(), place.stream()).toList());
    }

    private static Connection open(List<String> statements) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        Connection connection = connect(properties);
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** The library's native part is unpacked into a file when it is first needed. */
    private static Connection connect(Properties properties) throws SQLException {
        try {
            return new DuckDBDriver().connect("jdbc:duckdb:", properties);
        } catch (LinkageError e) {
            throw InputException.data(
                    e,
                    "%s: the library that reads and writes parquet files cannot be unpacked there: make room, or name another"
                            + " folder by NLA_JAVA_OPTS=-Djava.io.tmpdir=DIR",
                    System.getProperty("java.io.tmpdir"));
        }
    }

    /** A text as SQL writes it. */
    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** A name of a column as SQL writes it. */
    static String name(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }

    /** A file that is to be read: its name, in which nothing counts as a wildcard, and no folder {@code key=value} as a column. */
    static String source(Path file) {
        String name = file.toAbsolutePath().toString().replaceAll("([*?\\[])", "[$1]");
        return "read_parquet(" + text(name) + ", hive_partitioning = false)";
    }

    /** What went wrong, in one line: of several, the one that says why a query failed and not that it did. */
    static String reason(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.lines()
                .filter(line -> line.startsWith(CAUSE))
                .map(line -> line.substring(CAUSE.length()))
                .findFirst()
                .orElseGet(() -> message.lines().findFirst().orElse(""))
                .replaceAll("\\b\\w*(Error|Exception): ", "");
    }
}
