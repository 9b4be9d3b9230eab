/**
 * Gives damaged and forged files to every reader. A reader must either read a file or refuse it by
 * name; it may not crash, hang, exhaust memory or throw anything else. {@code FuzzTest} has the
 * commands.
 */
package io.buckbench.fuzz;
