/** Verbalizers and reconstructors as folders: the adapter's weights, its sidecar and what lies beside, read and written together. */
package dev.nla.model.adapter;
