/**
 * Records of trials, and the store that keeps them. Findings, golden files and reports depend on
 * records but not on the packages that create them.
 */
package io.buckbench.record;
