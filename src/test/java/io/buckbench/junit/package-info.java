/**
 * Trials in JUnit and Allure: where their arguments come from and how they are shown. What a trial
 * promises and what changed against accepted results is decided in main; the parameterized tests
 * over suites are in {@code bench}.
 */
package io.buckbench.junit;
