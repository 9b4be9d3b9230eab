/**
 * Vocabularies of byte-level byte-pair encoding, which are learned from text or read from published
 * files and written as Hugging Face's {@code tokenizer.json}. The tokenizer library encodes text
 * with this file.
 */
package io.buckbench.data.bpe;
