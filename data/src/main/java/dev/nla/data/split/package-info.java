/** Which documents train, which validate and which test: drawn by seed, stored with the rows, never one document in two splits. */
package dev.nla.data.split;
