/** Parameter-efficient fine-tuning: a subpackage for each method, one list that names them all. */
package io.buckbench.peft;
