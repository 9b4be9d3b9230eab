/**
 * The control language: a small seeded world of people, things and places, the yes/no task asked
 * about it, and the text on which the base model {@code opt-nano} is pre-trained. Plain Java; every
 * draw comes from a seed.
 */
package io.buckbench.data.control;
