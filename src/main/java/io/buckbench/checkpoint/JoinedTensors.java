package io.buckbench.checkpoint;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tensors of one or several files under the names of one checkpoint. */
final class JoinedTensors implements NamedTensors {
  /**
   * Where a tensor is stored.
   *
   * @param name its name there
   */
  record Entry(NamedTensors file, String name) {}

  private final String source;
  private final List<NamedTensors> files;
  private final Map<String, Entry> entries;

  /**
   * @param files closed together with this; the first one supplies the metadata
   * @param entries by the name of the tensor in the checkpoint
   */
  JoinedTensors(String source, List<NamedTensors> files, Map<String, Entry> entries) {
    this.source = source;
    this.files = files;
    this.entries = Collections.unmodifiableMap(entries);
  }

  @Override
  public Set<String> names() {
    return entries.keySet();
  }

  @Override
  public TensorInfo info(String name) {
    Entry entry = entry(name);
    return entry.file().info(entry.name());
  }

  @Override
  public float[] floats(String name) {
    Entry entry = entry(name);
    return entry.file().floats(entry.name());
  }

  @Override
  public int read(String name, long from, float[] into) {
    Entry entry = entry(name);
    return entry.file().read(entry.name(), from, into);
  }

  @Override
  public ByteBuffer bytes(String name) {
    Entry entry = entry(name);
    return entry.file().bytes(entry.name());
  }

  @Override
  public Map<String, String> metadata() {
    return files.get(0).metadata();
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public void close() {
    files.forEach(NamedTensors::close);
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw FileTensors.absent(source, name, names());
    }
    return entry;
  }
}
