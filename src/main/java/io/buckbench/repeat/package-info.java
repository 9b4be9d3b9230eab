/**
 * Runs a trial again and compares it bit by bit: twice in fresh processes, or from the provenance
 * of its record.
 */
package io.buckbench.repeat;
