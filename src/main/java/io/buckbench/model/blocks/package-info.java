/**
 * What most decoder families share. A family describes its model in a {@link
 * io.buckbench.model.blocks.Blueprint}: the parts of a layer in Hugging Face's order, how positions
 * enter, and the order of the block. Everything else follows from it.
 *
 * <pre>
 *   sequential:  h = x + attention(norm(x)),  y = h + feedForward(norm'(h))
 *   parallel:    y = x + attention(norm(x)) + feedForward(norm'(x))
 * </pre>
 */
package io.buckbench.model.blocks;
