package io.buckbench.checkpoint;

import io.buckbench.input.InvalidInputException;
import java.util.List;

/**
 * A storage: an array of elements that one or several tensors are views of.
 *
 * @param dtype element type
 * @param key names its root, the bytes in the file
 * @param rootElements number of elements of the root
 * @param viewOffset index of this storage's first element in the root; 0 except for views in the
 *     old format
 * @param elements number of elements of this storage
 */
record TorchStorage(DType dtype, String key, long rootElements, long viewOffset, long elements) {
  /**
   * Creates a storage from a pickle's persistent id: {@code ('storage', class, key, device,
   * elements)} and, in the old format, a view {@code (key, offset, elements)} or None.
   */
  static TorchStorage of(String where, Object id) {
    if (id instanceof PickleMachine.Tuple tuple
        && tuple.items().size() >= 5
        && tuple.items().size() <= 6
        && "storage".equals(tuple.items().get(0))
        && tuple.items().get(1) instanceof TorchGlobal type
        && type.dtype() != null
        && tuple.items().get(2) instanceof String key
        && tuple.items().get(3) instanceof String
        && tuple.items().get(4) instanceof Long elements
        && elements >= 0
        && elements <= Long.MAX_VALUE / type.dtype().bytes()) {
      Object view = tuple.items().size() == 6 ? tuple.items().get(5) : null;
      return view == null
          ? new TorchStorage(type.dtype(), key, elements, 0, elements)
          : view(where, type.dtype(), key, elements, view);
    }
    throw new InvalidInputException(
        where,
        "a persistent id that is not a storage",
        "('storage', class, key, device, elements)",
        TorchGlobal.DO_NOT_LOAD);
  }

  private static TorchStorage view(
      String where, DType dtype, String key, long rootElements, Object view) {
    if (view instanceof PickleMachine.Tuple tuple
        && tuple.items().size() == 3
        && tuple.items().get(1) instanceof Long offset
        && tuple.items().get(2) instanceof Long elements
        && offset >= 0
        && elements >= 0
        && offset <= rootElements
        && elements <= rootElements - offset) {
      return new TorchStorage(dtype, key, rootElements, offset, elements);
    }
    List<?> items = view instanceof PickleMachine.Tuple tuple ? tuple.items() : List.of();
    throw new InvalidInputException(
        where,
        "a view of " + items.size() + " parts outside storage " + key,
        "(key, offset, elements) within its " + rootElements + " elements",
        TorchGlobal.DO_NOT_LOAD);
  }

  /** Number of bytes of the root. */
  long rootBytes() {
    return rootElements * dtype.bytes();
  }
}
