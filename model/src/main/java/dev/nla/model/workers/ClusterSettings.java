package dev.nla.model.workers;

import java.util.Map;

/**
 * Which cluster works on the parts of a run. No part of what a run is: one that was begun alone goes on with any number of workers, and back.
 *
 * @param url such as {@code spark://host:7077}
 * @param configuration properties of the engine, by their names
 * @param mixed whether workers may differ in what their results depend on
 */
public record ClusterSettings(String url, Map<String, String> configuration, boolean mixed) {}
