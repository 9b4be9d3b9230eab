/** Runs a trial, one seed of a configuration: load, attach, train under a budget, ask, record. */
package io.buckbench.trial;
