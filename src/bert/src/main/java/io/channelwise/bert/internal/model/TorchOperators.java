package io.channelwise.bert.internal.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
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
        def zero(self: __torch__.Operators,
          grads: List[Tensor]) -> int:
          _0 = torch._foreach_zero_(grads)
          return 1
        def adamw(self: __torch__.Operators,
          params: List[Tensor],
          grads: List[Tensor],
          means: List[Tensor],
          squares: List[Tensor],
          steps: List[Tensor],
          rate: float,
          beta1: float,
          beta2: float,
          decay: float,
          eps: float,
          scale: Tensor) -> int:
          _0 = torch._fused_adamw_(params, grads, means, squares, annotate(List[Tensor], []), \
      steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, \
      maximize=False, grad_scale=scale)
          return 1
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

  /** Square root of the sum of all squares, as an array without axes. */
  public PtNDArray globalNorm(NDManager manager, IValue arrays) {
    try (IValue result = IValueUtils.runMethod(block, "global_norm", arrays)) {
      return result.toTensor((PtNDManager) manager);
    }
  }

  /** Sets all values to zero. */
  public void zero(IValue arrays) {
    IValueUtils.runMethod(block, "zero", arrays).close();
  }

  /**
   * One AdamW step in place.
   *
   * @param lists parameters, gradients, means, squares, step counts already increased
   * @param scale an array without axes; gradients are divided by it first
   */
  public void adamw(
      List<IValue> lists,
      double rate,
      double beta1,
      double beta2,
      double decay,
      double eps,
      NDArray scale) {
    try (IValue rateValue = IValue.from(rate);
        IValue beta1Value = IValue.from(beta1);
        IValue beta2Value = IValue.from(beta2);
        IValue decayValue = IValue.from(decay);
        IValue epsValue = IValue.from(eps);
        IValue scaleValue = IValue.from((PtNDArray) scale)) {
      IValueUtils.runMethod(
              block,
              "adamw",
              lists.get(0),
              lists.get(1),
              lists.get(2),
              lists.get(3),
              lists.get(4),
              rateValue,
              beta1Value,
              beta2Value,
              decayValue,
              epsValue,
              scaleValue)
          .close();
    }
  }

  /** A list argument; the caller closes it. */
  public static IValue list(List<NDArray> arrays) {
    return IValue.listFrom(arrays.toArray(PtNDArray[]::new));
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
