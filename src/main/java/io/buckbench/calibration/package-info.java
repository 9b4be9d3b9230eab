/**
 * What is measured before a suite is declared: how fast its configurations train on a machine, and
 * which learning rate of a grid validation prefers.
 */
package io.buckbench.calibration;
