/**
 * Rows of CSV and JSON with the file and line they stand on, and problems that say what to do next.
 */
package io.buckbench.table;
