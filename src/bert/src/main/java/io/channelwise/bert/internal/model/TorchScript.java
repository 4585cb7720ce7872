package io.channelwise.bert.internal.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript module of functions alone, made from their text without Python. Used by one thread.
 */
final class TorchScript implements AutoCloseable {
  private static final String HEAD =
      """
      class Operators(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.Operators,
          x: Tensor) -> Tensor:
          return x
      """;

  private final PtSymbolBlock block;
  private final NDManager markers;
  private final Map<String, NDArray> markerOf = new HashMap<>();

  /**
   * Loads the module into the manager's device.
   *
   * @param methods indented by two blanks; {@code self} is of type {@code __torch__.Operators}
   */
  TorchScript(NDManager manager, String methods) {
    markers = manager.newSubManager();
    try {
      block =
          JniUtils.loadModule(
              (PtNDManager) markers,
              new ByteArrayInputStream(archive(HEAD + methods)),
              false,
              false);
    } catch (IOException e) {
      throw new IllegalStateException("The operator module cannot be loaded", e);
    }
  }

  /** Calls a method; its answer is attached to the manager of the first argument. */
  NDArray call(String method, NDArray... arguments) {
    NDList list = new NDList(arguments.length + 1);
    for (NDArray argument : arguments) {
      // A name of a list it was once part of would make DJL take it for a list.
      argument.setName(null);
      list.add(argument);
    }
    return run(method, list);
  }

  /**
   * Calls a method whose first arguments are lists.
   *
   * @param lists by the names of the arguments, in their order
   */
  NDArray call(String method, Map<String, List<NDArray>> lists, NDArray... arguments) {
    NDList list = new NDList();
    // DJL makes one list argument of arrays with the same name that ends in [].
    lists.forEach(
        (name, arrays) -> {
          for (NDArray array : arrays) {
            array.setName(name + "[]");
            list.add(array);
          }
        });
    for (NDArray argument : arguments) {
      argument.setName(null);
      list.add(argument);
    }
    return run(method, list);
  }

  /** As if training: DJL's other way records no gradients. */
  private NDArray run(String method, NDList arguments) {
    // DJL takes the method's name from the name of the last array.
    arguments.add(markerOf.computeIfAbsent(method, this::marker));
    return IValueUtils.forward(block, arguments, true).singletonOrThrow();
  }

  private NDArray marker(String method) {
    NDArray marker = markers.create(0f);
    marker.setName("module_method:" + method);
    NDScope.unregister(marker); // It outlives the step that asks first.
    return marker;
  }

  @Override
  public void close() {
    block.close();
    markers.close();
  }

  /** The four files of a TorchScript archive, stored without compression. */
  private static byte[] archive(String code) throws IOException {
    // Pickle protocol 2: an instance of __torch__.Operators with training = False.
    byte[] data =
        "\u0080\u0002c__torch__\nOperators\n)\u0081}(X\u0008\u0000\u0000\u0000training\u0089ub."
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] constants = "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "operators/data.pkl", data);
      store(zip, "operators/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
      store(zip, "operators/constants.pkl", constants);
      store(zip, "operators/version", "3\n".getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
