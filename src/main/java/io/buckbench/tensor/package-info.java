/** The one place that touches PyTorch through DJL: operations, memory scopes, the random stream. */
package io.buckbench.tensor;
