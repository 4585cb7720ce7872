package io.channelwise.bert.internal.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.channelwise.bert.Precision;
import java.util.List;
import java.util.function.Supplier;

/**
 * The operators of a training that PyTorch has in a faster form than DJL binds. Used by one thread;
 * gradients flow through those that answer an array.
 *
 * <p>Letters in shapes: B texts, T tokens, A heads, D width of a head.
 */
public interface Operators extends AutoCloseable {

  /**
   * The fast operators, or DJL's own where this PyTorch does not run them right; which of the two
   * is found out once a process.
   *
   * @param manager its device is computed on; what the operators hold lives as long as it
   */
  static Operators of(NDManager manager) {
    return OperatorCheck.passed() ? new TorchOperators(manager) : new PlainOperators();
  }

  /**
   * x · weightᵀ + bias with products of bfloat16 numbers, summed up in 32 bits.
   *
   * @param x (…, in), 32 bits
   * @param weight (out, in), 32 bits, as is its gradient
   * @return (…, out), 32 bits
   */
  NDArray linearInBf16(NDArray x, NDArray weight, NDArray bias);

  /**
   * Sets values to 0 with the probability given and divides the others by 1 - probability.
   *
   * @param probability from 0 up to, and not, 1
   */
  NDArray drop(NDArray x, float probability);

  /**
   * Scaled dot-product attention, softmax(query · keyᵀ / √D + bias) · value (Vaswani et al. 2017).
   *
   * @param query (B, A, T, D), as key and value
   * @param bias added to the scores, (B, 1, 1, T); null for none
   * @param dropout probability of dropping a share
   * @param precision of the products, where that is faster; softmax is in 32 bits
   * @return (B, A, T, D), 32 bits
   */
  NDArray attention(
      NDArray query, NDArray key, NDArray value, NDArray bias, float dropout, Precision precision);

  /**
   * Tells, each time it is asked, the square root of the sum of all squares of the gradients, and
   * then the loss: two numbers in one transfer from the device.
   *
   * @param loss an array without axes
   */
  Supplier<float[]> normAndLoss(List<NDArray> gradients, NDArray loss);

  /**
   * What AdamW moves, all lists in the same order, and by how much.
   *
   * @param step number of the step, an array without axes
   * @param rate learning rate, an array without axes on the CPU
   * @param decay weight decay, an array without axes on the CPU
   * @param scale an array without axes; gradients are divided by it first
   */
  record Update(
      List<NDArray> parameters,
      List<NDArray> gradients,
      List<NDArray> means,
      List<NDArray> squares,
      NDArray step,
      NDArray rate,
      NDArray decay,
      NDArray scale) {}

  /**
   * Makes one step of AdamW in place each time it runs (beta 0.9 and 0.999, epsilon 1e-8), and
   * zeroes the gradients.
   */
  Runnable adamw(Update update);

  @Override
  void close();
}
