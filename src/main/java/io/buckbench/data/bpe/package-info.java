/**
 * Byte-level byte-pair encoding: merges learned from text or read as they were published, and
 * written as Hugging Face's {@code tokenizer.json}. The tokenizer library that reads this file does
 * the encoding.
 */
package io.buckbench.data.bpe;
