/** Reports on results: Markdown, CSV and charts. Reporting to Allure is part of the tests. */
package io.buckbench.report;
