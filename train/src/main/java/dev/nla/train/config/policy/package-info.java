/** Settings of policy optimization: rollouts, the policy's loss, what descriptions earn, and the critic that reads them. */
package dev.nla.train.config.policy;
