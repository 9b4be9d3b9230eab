/** Parameter-efficient fine-tuning, with a subpackage for each method and a list of all methods. */
package io.buckbench.peft;
