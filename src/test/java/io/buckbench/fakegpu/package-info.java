/**
 * A JVM that believes in a GPU, for tests on machines without one. An agent changes what Java sees
 * of the machine; the native library still computes on the CPU. It shows what the program asks of a
 * device: which device, which calls, which copies, what it leaves alive and what it does after an
 * error. It says nothing about kernels, speed or bits of a real GPU.
 */
package io.buckbench.fakegpu;
