/** What declares a setting: the annotation of its record component, and the enum whose values users write. Knows no setting. */
package dev.nla.train.config.setting;
