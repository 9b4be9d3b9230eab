package io.buckbench.checkpoint;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Tensors under longer names than the file's. */
final class PrefixedTensors implements NamedTensors {
  private final NamedTensors tensors;
  private final Map<String, String> originals;

  PrefixedTensors(NamedTensors tensors, String prefix) {
    this.tensors = tensors;
    Map<String, String> names = new LinkedHashMap<>();
    tensors.names().forEach(name -> names.put(prefix + name, name));
    this.originals = Collections.unmodifiableMap(names);
  }

  @Override
  public Set<String> names() {
    return originals.keySet();
  }

  @Override
  public TensorInfo info(String name) {
    return tensors.info(original(name));
  }

  @Override
  public float[] floats(String name) {
    return tensors.floats(original(name));
  }

  @Override
  public int read(String name, long from, float[] into) {
    return tensors.read(original(name), from, into);
  }

  @Override
  public ByteBuffer bytes(String name) {
    return tensors.bytes(original(name));
  }

  @Override
  public Map<String, String> metadata() {
    return tensors.metadata();
  }

  @Override
  public String source() {
    return tensors.source();
  }

  @Override
  public void close() {
    tensors.close();
  }

  private String original(String name) {
    String original = originals.get(name);
    if (original == null) {
      throw FileTensors.absent(source(), name, names());
    }
    return original;
  }
}
