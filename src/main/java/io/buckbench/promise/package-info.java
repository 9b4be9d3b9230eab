/**
 * Promises that every training and every evaluation must keep, independent of its results. They are
 * listed in {@link io.buckbench.promise.Promise}; commands, records, reports and tests check them.
 */
package io.buckbench.promise;
