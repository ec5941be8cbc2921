/**
 * What every network client here needs: requests that cannot hang or fill the memory, and one rule for trying again. The HTTP client is the
 * JDK's own {@link java.net.http.HttpClient}: it follows no redirect by itself, so that no secret is sent on to another host, it streams
 * bodies with back pressure, and it adds no dependency. Clocks and pauses come from outside. Nothing here knows what is asked for.
 */
package dev.nla.remote.http;
