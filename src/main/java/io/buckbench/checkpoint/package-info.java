/** Model files as named tensors: read, verified and written, without a tensor library. */
package io.buckbench.checkpoint;
