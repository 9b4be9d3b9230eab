/** Files that are written whole or not at all, folders, and the digests that identify both. */
package io.buckbench.files;
