/**
 * The control language about people, things and places, the yes/no task in it, and the corpus on
 * which the base model {@code opt-nano} is pre-trained. Everything is drawn from seeds, in pure
 * Java.
 */
package io.buckbench.data.control;
