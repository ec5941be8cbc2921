package dev.nla.remote.hub;

/**
 * What the bytes of a file must be.
 *
 * @param name its path in the repository
 * @param checksum by which they are checked, and their name in the cache
 * @param size how many there are
 */
record Blob(String name, Checksum checksum, long size) {}
