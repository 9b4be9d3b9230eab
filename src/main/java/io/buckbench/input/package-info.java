/**
 * What is wrong with an input, and where: rows of CSV and keys of JSON with their file and line,
 * and problems that say what to do next.
 */
package io.buckbench.input;
