/**
 * A JVM that reports a GPU, for tests on machines without one. An agent changes what Java sees of
 * the machine; the native library still computes on the CPU. The tests check which device the
 * program uses, its native calls and copies, the arrays that it leaves alive, and its behaviour
 * after an error. They do not test the kernels, speed or bits of a real GPU.
 */
package io.buckbench.fakegpu;
