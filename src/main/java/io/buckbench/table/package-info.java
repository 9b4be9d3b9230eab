/**
 * Rows of CSV and JSON with the file and line they stand on, problems that say what to do next, and
 * files that are written whole and known by their digests.
 */
package io.buckbench.table;
