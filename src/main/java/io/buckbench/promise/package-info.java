/**
 * What every training and every evaluation promises, whatever it finds out. The list is {@link
 * io.buckbench.promise.Promise}; commands, records, reports and tests all check this one.
 */
package io.buckbench.promise;
