/**
 * Reading CSV and JSON input. Each problem is reported with its place, what was expected and what
 * to do next.
 */
package io.buckbench.input;
