/** Builds HTML, SVG and Markdown. Text from data is escaped here and nowhere else. */
package io.buckbench.report.markup;
