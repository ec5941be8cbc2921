/** How much memory the process may have, and how much of that is left for batches. Knows nothing of requests, models or torch. */
package dev.nla.serve.memory;
