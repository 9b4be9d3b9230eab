/**
 * Files that are written whole or not at all, folders and git work trees, and the digests that
 * identify contents.
 */
package io.buckbench.files;
