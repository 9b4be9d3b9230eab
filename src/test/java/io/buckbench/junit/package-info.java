/**
 * What JUnit and Allure need to know of trials: where they come from, what must hold after each,
 * and how they are shown. Parameterized tests over suites stand in {@code bench}.
 */
package io.buckbench.junit;
