/** What a killed extraction leaves on disk, so that the next one goes on from there. */
package dev.nla.data.extract.resume;
