/** Measures what training and answers cost on this machine, with random tokens. */
package io.buckbench.speed;
