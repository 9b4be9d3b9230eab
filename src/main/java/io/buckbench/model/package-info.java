/** The decoder, with three seams where an adapter may enter; without one it equals Hugging Face. */
package io.buckbench.model;
