/** The training loop: AdamW, learning-rate schedule, clipping, accumulation and loss scaling. */
package io.buckbench.train;
