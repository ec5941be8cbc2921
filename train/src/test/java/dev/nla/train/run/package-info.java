/** Tests of run folders: what a kill, a damaged file or a full disk may do to them. */
package dev.nla.train.run;
