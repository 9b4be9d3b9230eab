/**
 * Byte-level byte-pair encoding: learning merges from text and writing them as Hugging Face's
 * {@code tokenizer.json}. Encoding is left to the tokenizer library that reads that file.
 */
package io.buckbench.data.bpe;
