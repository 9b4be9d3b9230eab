/**
 * Atomic writing of files, CSV output, folders, git work trees, and the digests that identify file
 * contents.
 */
package io.buckbench.files;
