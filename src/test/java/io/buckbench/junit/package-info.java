/**
 * Trials in JUnit and Allure: their arguments and how they are reported. The promises of trials and
 * the comparison with accepted results are in main; the parameterized tests over suites are in
 * {@code bench}.
 */
package io.buckbench.junit;
