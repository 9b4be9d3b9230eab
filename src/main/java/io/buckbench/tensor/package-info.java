/** The only package that calls PyTorch: operations, gradients, memory scopes, the random stream. */
package io.buckbench.tensor;
