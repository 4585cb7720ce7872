package io.channelwise.bert.internal.model;

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * PyTorch operators that DJL does not bind, reached through a small TorchScript module written
 * here: the fused AdamW and operators over lists of arrays. One call replaces hundreds. Used by one
 * thread.
 */
public final class TorchOperators implements AutoCloseable {
  private static final String CODE =
      """
      class Operators(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.Operators,
          x: Tensor) -> Tensor:
          return x
        def global_norm(self: __torch__.Operators,
          grads: List[Tensor]) -> Tensor:
          norms = torch._foreach_norm(grads)
          return torch.norm(torch.stack(norms))
        def adamw(self: __torch__.Operators,
          params: List[Tensor],
          grads: List[Tensor],
          means: List[Tensor],
          squares: List[Tensor],
          steps: List[Tensor],
          rate: Tensor,
          decay: Tensor,
          scale: Tensor) -> Tensor:
          _0 = torch._fused_adamw_(params, grads, means, squares, annotate(List[Tensor], []), \
      steps, lr=float(rate), beta1=0.9, beta2=0.999, weight_decay=float(decay), eps=1.0e-08, \
      amsgrad=False, maximize=False, grad_scale=scale)
          _1 = torch._foreach_zero_(grads)
          return scale
      """;

  private final PtSymbolBlock block;

  /** Loads the module into the manager's device. */
  public TorchOperators(NDManager manager) {
    try {
      block =
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(archive()), false, false);
    } catch (IOException e) {
      throw new IllegalStateException("The operator module cannot be loaded", e);
    }
  }

  /** Arguments of {@link #globalNorm}: square root of the sum of all squares. */
  public static NDList normArguments(List<NDArray> arrays) {
    NDList result = new NDList();
    addList(result, "grads[]", arrays);
    return withMethod(result, arrays.get(0).getManager(), "global_norm");
  }

  /**
   * Arguments of {@link #adamw}; they can be used for every step. All lists are in the same order.
   *
   * @param steps number of the step for each parameter; may be one array many times
   * @param rate learning rate, an array without axes on the CPU
   * @param decay weight decay, an array without axes on the CPU
   * @param scale an array without axes; gradients are divided by it first
   */
  public static NDList adamwArguments(
      List<NDArray> parameters,
      List<NDArray> gradients,
      List<NDArray> means,
      List<NDArray> squares,
      List<NDArray> steps,
      NDArray rate,
      NDArray decay,
      NDArray scale) {
    NDList result = new NDList();
    addList(result, "params[]", parameters);
    addList(result, "grads[]", gradients);
    addList(result, "means[]", means);
    addList(result, "squares[]", squares);
    addList(result, "steps[]", steps);
    result.addAll(new NDList(rate, decay, scale));
    return withMethod(result, scale.getManager(), "adamw");
  }

  /** Norm of all arrays together. */
  public double globalNorm(NDList arguments) {
    try (NDArray norm = run(arguments)) {
      return norm.getFloat();
    }
  }

  /** One AdamW step in place (beta 0.9 and 0.999, epsilon 1e-8); zeroes the gradients. */
  public void adamw(NDList arguments) {
    run(arguments).close();
  }

  /** As if training: DJL's other way enters a mode that PyTorch prints a warning about. */
  private NDArray run(NDList arguments) {
    return IValueUtils.forward(block, arguments, true).singletonOrThrow();
  }

  /** DJL makes one list argument of arrays with the same name that ends in []. */
  private static void addList(NDList result, String name, List<NDArray> arrays) {
    for (NDArray array : arrays) {
      array.setName(name);
      result.add(array);
    }
  }

  /** DJL takes the method's name from the name of the last array. */
  private static NDList withMethod(NDList arguments, NDManager manager, String method) {
    NDArray marker = manager.create(0f);
    marker.setName("module_method:" + method);
    arguments.add(marker);
    return arguments;
  }

  @Override
  public void close() {
    block.close();
  }

  /** The four files of a TorchScript archive, stored without compression. */
  private static byte[] archive() throws IOException {
    // Pickle protocol 2: an instance of __torch__.Operators with training = False.
    byte[] data =
        "\u0080\u0002c__torch__\nOperators\n)\u0081}(X\u0008\u0000\u0000\u0000training\u0089ub."
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] constants = "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "operators/data.pkl", data);
      store(zip, "operators/code/__torch__.py", CODE.getBytes(StandardCharsets.UTF_8));
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
