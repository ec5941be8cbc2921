package dev.nla.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What the build wrote into the program about itself: its version, and the commit it was made from. */
public final class Version implements IVersionProvider {
    /** The version alone, for example {@code 0.1.0}. */
    public static String number() {
        return properties().getProperty("version");
    }

    /** One line, for example {@code nla 0.1.0 (commit 1a2b3c4d5e, 2026-01-31)}; of sources without git the version alone. */
    @Override
    public String[] getVersion() {
        return new String[] {"nla " + text(properties())};
    }

    /** The same commit gives the same text on every machine and day: the date is the commit's. */
    static String text(Properties properties) {
        String version = properties.getProperty("version");
        String commit = properties.getProperty("commit");
        boolean known = !commit.isEmpty() && !commit.startsWith("$");
        return known ? version + " (commit " + commit + ", " + properties.getProperty("date") + ")" : version;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        try (InputStream stream = Version.class.getResourceAsStream("version.properties")) {
            properties.load(stream);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return properties;
    }
}
