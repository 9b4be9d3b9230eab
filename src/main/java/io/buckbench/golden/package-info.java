/** A fresh snapshot of results held against the accepted one. */
package io.buckbench.golden;
