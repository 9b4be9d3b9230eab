/** Fresh results compared with accepted ones, which are kept in golden files. */
package io.buckbench.golden;
