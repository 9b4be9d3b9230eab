/** One declared run, from a row of a suite to its record, with provenance and a store. */
package io.buckbench.experiment;
