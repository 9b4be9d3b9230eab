package io.buckbench.fuzz;

import java.nio.file.Path;
import java.util.List;

/**
 * A file format and its reader.
 *
 * @param name the format's name, also that of its folder of found cases
 * @param kind what its files consist of, which decides how they are changed
 * @param seeds contents that the reader accepts
 * @param reader reads the file of the folder to which a content was written
 */
record Format(String name, Kind kind, List<byte[]> seeds, Reader reader) {
  /** What the files of a format consist of. */
  enum Kind {
    BYTES,
    JSON,
    JSON_LINES,
    CSV
  }

  /** Reads a content that was written to a folder of its own. */
  interface Reader {
    /**
     * @param folder is empty, and deleted afterwards
     */
    void read(Path folder, byte[] content) throws Exception;
  }
}
