/** Tests of what unfinished commands keep. */
package dev.nla.data.kept;
