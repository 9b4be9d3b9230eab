/**
 * The numbers of past runs: one line of {@code golden/history/<suite>.jsonl} for each run that was
 * asked to be kept and for each accept, and how far accepted numbers have drifted.
 */
package io.buckbench.history;
