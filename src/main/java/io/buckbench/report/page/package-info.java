/** What a person reads: the HTML page, the summary for pull requests, and the folder of both. */
package io.buckbench.report.page;
