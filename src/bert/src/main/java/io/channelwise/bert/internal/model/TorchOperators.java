package io.channelwise.bert.internal.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.channelwise.bert.Precision;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * PyTorch operators that DJL does not bind, reached through a small TorchScript module: the fused
 * AdamW, operators over lists of arrays, fused attention, bfloat16 with gradients, and a dropout
 * that draws a quarter of the random numbers. Used by one thread.
 */
final class TorchOperators implements Operators {
  private static final int FLOAT32 = 6;
  private static final int BFLOAT16 = 15;

  /** Numbers are of types where a type is meant: 4 is int64, 6 is float32, 15 is bfloat16. */
  private static final String CODE =
      """
        def norm_and_loss(self: __torch__.Operators,
          grads: List[Tensor],
          loss: Tensor) -> Tensor:
          norms = torch._foreach_norm(grads)
          return torch.stack([torch.norm(torch.stack(norms)), loss])
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
        def linear_bf16(self: __torch__.Operators,
          x: Tensor,
          weight: Tensor,
          bias: Tensor) -> Tensor:
          y = torch.linear(torch.to(x, 15), torch.to(weight, 15), torch.to(bias, 15))
          return torch.to(y, 6)
        def dropped(self: __torch__.Operators,
          x: Tensor,
          share: float) -> Tensor:
          if ops.prim.is_cuda(x):
            y = torch.dropout(x, share, True)
          else:
            count = torch.numel(x)
            words = torch.empty([torch.floordiv(torch.add(count, 3), 4)], dtype=4)
            _0 = torch.random_(words, -9223372036854775808, None)
            limit = int(torch.mul(torch.sub(share, 0.5), 18446744073709551616.))
            _1 = torch.ge(words, limit)
            _2 = torch.ge(torch.bitwise_left_shift(words, 16), limit)
            _3 = torch.ge(torch.bitwise_left_shift(words, 32), limit)
            _4 = torch.ge(torch.bitwise_left_shift(words, 48), limit)
            kept = torch.slice(torch.cat([_1, _2, _3, _4]), 0, 0, count)
            factors = torch.mul(kept, torch.div(1., torch.sub(1., share)))
            y = torch.mul(x, torch.view(factors, torch.size(x)))
          return y
        def drop(self: __torch__.Operators,
          x: Tensor,
          share: Tensor) -> Tensor:
          return self.dropped(x, float(share))
        def attend(self: __torch__.Operators,
          query: Tensor,
          key: Tensor,
          value: Tensor,
          bias: Optional[Tensor],
          share: float,
          type: int) -> Tensor:
          if torch.__or__(torch.eq(share, 0.), ops.prim.is_cuda(query)):
            if torch.__isnot__(bias, None):
              mask = annotate(Optional[Tensor], torch.to(unchecked_cast(Tensor, bias), type))
            else:
              mask = annotate(Optional[Tensor], None)
            _0 = torch.to(query, type)
            _1 = torch.to(key, type)
            _2 = torch.scaled_dot_product_attention(_0, _1, torch.to(value, type), mask, share)
            y = torch.to(_2, 6)
          else:
            scale = torch.pow(torch.size(query, -1), -0.5)
            scores = torch.matmul(torch.mul(query, scale), torch.transpose(key, -2, -1))
            if torch.__isnot__(bias, None):
              scores = torch.add(scores, unchecked_cast(Tensor, bias))
            else:
              pass
            y = torch.matmul(self.dropped(torch.softmax(scores, -1), share), value)
          return y
        def attention(self: __torch__.Operators,
          query: Tensor,
          key: Tensor,
          value: Tensor,
          share: Tensor,
          type: Tensor) -> Tensor:
          return self.attend(query, key, value, None, float(share), int(type))
        def attention_with_bias(self: __torch__.Operators,
          query: Tensor,
          key: Tensor,
          value: Tensor,
          bias: Tensor,
          share: Tensor,
          type: Tensor) -> Tensor:
          return self.attend(query, key, value, bias, float(share), int(type))
      """;

  private final TorchScript script;
  private final NDManager numbers;
  private final Map<Float, NDArray> numberOf = new HashMap<>();

  /** Loads the module into the manager's device. */
  TorchOperators(NDManager manager) {
    script = new TorchScript(manager, CODE);
    // They are read as numbers: on a GPU that would wait for everything before.
    numbers = Torch.manager(Device.cpu());
  }

  @Override
  public NDArray linearInBf16(NDArray x, NDArray weight, NDArray bias) {
    return script.call("linear_bf16", x, weight, bias);
  }

  @Override
  public NDArray drop(NDArray x, float probability) {
    return probability == 0 ? x : script.call("drop", x, number(probability));
  }

  /** In bf16 only where the fused kernel runs: on the CPU dropout keeps it from that. */
  @Override
  public NDArray attention(
      NDArray query, NDArray key, NDArray value, NDArray bias, float dropout, Precision precision) {
    NDArray share = number(dropout);
    NDArray type = number(precision == Precision.BF16 ? BFLOAT16 : FLOAT32);
    return bias == null
        ? script.call("attention", query, key, value, share, type)
        : script.call("attention_with_bias", query, key, value, bias, share, type);
  }

  private NDArray number(float value) {
    return numberOf.computeIfAbsent(
        value,
        v -> {
          NDArray number = numbers.create(v);
          NDScope.unregister(number); // It outlives the step that asks first.
          return number;
        });
  }

  @Override
  public Supplier<float[]> normAndLoss(List<NDArray> gradients, NDArray loss) {
    Map<String, List<NDArray>> lists = Map.of("grads", gradients);
    return () -> {
      // On a GPU reading makes a copy on the host, which only the scope closes.
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        return script.call("norm_and_loss", lists, loss).toFloatArray();
      }
    };
  }

  @Override
  public Runnable adamw(Update update) {
    Map<String, List<NDArray>> lists = new LinkedHashMap<>();
    lists.put("params", update.parameters());
    lists.put("grads", update.gradients());
    lists.put("means", update.means());
    lists.put("squares", update.squares());
    lists.put("steps", Collections.nCopies(update.parameters().size(), update.step()));
    return () -> script.call("adamw", lists, update.rate(), update.decay(), update.scale()).close();
  }

  @Override
  public void close() {
    script.close();
    numbers.close();
  }
}
