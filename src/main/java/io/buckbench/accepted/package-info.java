/**
 * Compares the declared and recorded trials of a suite with its accepted results. This package and
 * {@code golden} decide what fails the build; tests only report it.
 */
package io.buckbench.accepted;
