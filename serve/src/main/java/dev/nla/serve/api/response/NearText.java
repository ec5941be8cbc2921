package dev.nla.serve.api.response;

/**
 * A loaded text whose activation is near.
 *
 * @param id of its row
 * @param text what the model had read
 * @param description of the row, empty where it has none
 * @param centeredCosine how near
 */
public record NearText(String id, String text, String description, double centeredCosine) {}
