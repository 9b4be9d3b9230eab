/**
 * Proofs that take minutes: processes that are killed, faults that are planted, many trials in one
 * worker. {@code .ci/endurance} runs them; a build does not, since their names do not end in Test.
 * Each prints what it counted.
 */
package io.buckbench.endurance;
