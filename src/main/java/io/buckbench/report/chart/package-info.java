/**
 * Charts as SVG, from plain numbers. Horizontal positions are percentages and vertical ones pixels,
 * so that a chart has the width of its reader and its letters keep their size. The same data give
 * the same bytes on every machine.
 */
package io.buckbench.report.chart;
