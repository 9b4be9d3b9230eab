/**
 * What a trial measured, and the store that keeps it. Findings, golden files and reports depend on
 * records and on nothing that makes them.
 */
package io.buckbench.record;
