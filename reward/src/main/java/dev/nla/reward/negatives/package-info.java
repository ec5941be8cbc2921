/** Which other rows a description's reconstruction is compared with: drawn by seed, from all rows or from the nearest. */
package dev.nla.reward.negatives;
