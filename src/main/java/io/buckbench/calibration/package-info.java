/**
 * Measurements made before a suite is declared: the speed of its configurations on a machine, and
 * the learning rate of a grid with the best validation results.
 */
package io.buckbench.calibration;
