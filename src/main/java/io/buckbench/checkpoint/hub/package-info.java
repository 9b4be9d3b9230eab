/**
 * Files fetched by name from their public homes, verified, and kept in the cache that Python's
 * {@code huggingface_hub} uses.
 */
package io.buckbench.checkpoint.hub;
