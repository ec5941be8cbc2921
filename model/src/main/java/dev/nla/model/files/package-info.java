/**
 * Reading and writing of plain files: writes that are seen whole or not at all, and JSON or YAML documents whose every wrong value is
 * named. Nothing here knows what a file means.
 */
package dev.nla.model.files;
