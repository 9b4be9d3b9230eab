/** What a person looks at: charts, Markdown and CSV; Allure stays in the tests. */
package io.buckbench.report;
