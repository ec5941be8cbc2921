package dev.nla.remote.teacher;

/**
 * Something to ask.
 *
 * @param id of the first text it is for
 * @param key under which its answers are kept
 * @param text to describe
 */
record Question(String id, String key, String text) {}
