/** The command line. */
package io.buckbench.cli;
