/**
 * A suite as it is declared and recorded, judged and compared with the results that were accepted.
 * What breaks a build is decided here and in {@code golden}; tests only show it.
 */
package io.buckbench.accepted;
