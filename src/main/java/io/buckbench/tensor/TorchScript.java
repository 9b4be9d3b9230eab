package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Functions in TorchScript, for PyTorch operators that DJL does not bind. The archive is written in
 * memory. Its operators are recorded for gradients like any others.
 */
@SuppressWarnings("try") // scopes and modes are used only for their close()
final class TorchScript {
  /** A pickled {@code __torch__.Functions} with the one attribute that each module has. */
  private static final String MODULE =
      "\u0080\u0002c__torch__\nFunctions\n)\u0081}X\b\0\0\0training\u0088sb.";

  /** A pickled empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private static final Pattern METHOD = Pattern.compile("^def (\\w+)\\(", Pattern.MULTILINE);

  /**
   * PyTorch has this switch for each thread. Its optimiser would compile a function again for new
   * shapes, which change with every batch.
   */
  private static final ThreadLocal<Boolean> WITHOUT_OPTIMISER =
      ThreadLocal.withInitial(
          () -> {
            JniUtils.setGraphExecutorOptimize(false);
            return true;
          });

  private final PtSymbolBlock module;

  /** An array for each function, whose name tells DJL which one to call. */
  private final Map<String, NDArray> selectors = new HashMap<>();

  /**
   * @param owner frees the functions when it is closed
   * @param code one or more {@code def name(self, ...) -> Tensor}, with single tensors before lists
   */
  TorchScript(NDManager owner, String code) {
    module = load(owner, code);
    Matcher methods = METHOD.matcher(code);
    while (methods.find()) {
      NDArray selector = Scope.keep(Tensors.scalar(owner, 0));
      selector.setName("module_method:" + methods.group(1));
      selectors.put(methods.group(1), selector);
    }
  }

  /**
   * Calls a function.
   *
   * @param tensors its first arguments; at least one
   * @param lists its further arguments, none of them empty; no array may be passed twice
   * @return the result, which belongs to the manager of the first tensor
   */
  NDArray call(String function, List<NDArray> tensors, List<List<NDArray>> lists) {
    WITHOUT_OPTIMISER.get();
    NDList arguments = new NDList(tensors);
    for (int i = 0; i < lists.size(); i++) {
      for (NDArray element : lists.get(i)) {
        element.setName("list" + i + "[]");
        arguments.add(element);
      }
    }
    arguments.add(selectors.get(function));
    try {
      return IValueUtils.forward(module, arguments, true).get(0);
    } finally {
      lists.forEach(list -> list.forEach(element -> element.setName(null)));
    }
  }

  private static PtSymbolBlock load(NDManager owner, String code) {
    String source =
        "class Functions(Module):\n"
            + "  __parameters__ = []\n"
            + "  __buffers__ = []\n"
            + "  training : bool\n"
            + code.indent(2);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        store(zip, "data.pkl", MODULE);
        store(zip, "code/__torch__.py", source);
        store(zip, "constants.pkl", NO_CONSTANTS);
        store(zip, "version", "10\n"); // the schemas of PyTorch 1.12 and later
      }
      InputStream archive = new ByteArrayInputStream(bytes.toByteArray());
      return JniUtils.loadModule((PtNDManager) owner, archive, true, false);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    }
  }

  /** PyTorch reads only entries that are not compressed. */
  private static void store(ZipOutputStream zip, String name, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry("functions/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
