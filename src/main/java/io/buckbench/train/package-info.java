/**
 * The training loop: AdamW, schedule, clipping, accumulation; it trains named parameters and knows
 * nothing of adapters.
 */
package io.buckbench.train;
