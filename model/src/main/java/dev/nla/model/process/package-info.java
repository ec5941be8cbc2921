/** What the system says of this process. Knows nothing of models or torch. */
package dev.nla.model.process;
