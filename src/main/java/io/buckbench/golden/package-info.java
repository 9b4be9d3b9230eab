/** Golden files, which keep accepted results, and their comparison with fresh results. */
package io.buckbench.golden;
