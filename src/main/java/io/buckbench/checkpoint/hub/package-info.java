/** Fetches published files, verifies them and keeps them in {@code huggingface_hub}'s cache. */
package io.buckbench.checkpoint.hub;
