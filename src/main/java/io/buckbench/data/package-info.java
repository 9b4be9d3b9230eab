/**
 * Yes/no examples on their way to tokens: file, split, prompt, tokenizer, batch, as plain Java
 * arrays.
 */
package io.buckbench.data;
