package io.channelwise.bench.speed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.channelwise.bert.internal.text.TextEncoder;
import io.channelwise.bert.internal.text.TokenIds;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The peer: the graph that PyTorch's exporter wrote, in onnxruntime behind the same tokenizer. The
 * number of threads is given, every other option is the one it has by itself. It ends with the
 * hidden states; no head is added.
 */
final class PlainOnnxRuntime implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final TextEncoder encoder;

  /**
   * Loads a graph from the class path.
   *
   * @param folder of the same model, for its tokenizer
   * @param threads of its kernels
   */
  PlainOnnxRuntime(String resource, Path folder, int threads) {
    try (InputStream in = PlainOnnxRuntime.class.getResourceAsStream(resource);
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      session = environment.createSession(in.readAllBytes(), options);
      encoder = new TextEncoder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The packaged graph " + resource + " cannot be read", e);
    } catch (OrtException e) {
      throw new IllegalStateException("onnxruntime cannot load " + resource, e);
    }
  }

  /** The last hidden states of the texts, padded to the longest. */
  FloatBuffer run(List<String> texts, int maxLength) {
    List<TokenIds> rows = encoder.encode(texts, maxLength).ids();
    int length = rows.stream().mapToInt(TokenIds::length).max().orElseThrow();
    LongBuffer ids = LongBuffer.allocate(rows.size() * length);
    LongBuffer mask = LongBuffer.allocate(rows.size() * length);
    LongBuffer types = LongBuffer.allocate(rows.size() * length);
    for (TokenIds row : rows) {
      for (int i = 0; i < length; i++) {
        ids.put(i < row.length() ? row.ids()[i] : 0);
        mask.put(i < row.length() ? 1 : 0);
      }
    }
    long[] shape = {rows.size(), length};
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids.flip(), shape);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask.flip(), shape);
        OnnxTensor typeTensor = OnnxTensor.createTensor(environment, types, shape);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids",
                    idTensor,
                    "attention_mask",
                    maskTensor,
                    "token_type_ids",
                    typeTensor))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer();
    } catch (OrtException e) {
      throw new IllegalStateException("onnxruntime failed", e);
    }
  }

  @Override
  public void close() {
    encoder.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("The session cannot be closed", e);
    }
  }
}
