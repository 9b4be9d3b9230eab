/** The decoder, equal to Hugging Face's, with three seams where an adapter can act. */
package io.buckbench.model;
