/**
 * Runs the trials of a suite in other processes, several at the same time. A process takes trial
 * after trial; if it dies, its trial has failed and a new process takes the next one.
 */
package io.buckbench.worker;
