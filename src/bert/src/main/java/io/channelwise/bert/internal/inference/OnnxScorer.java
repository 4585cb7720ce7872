package io.channelwise.bert.internal.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.internal.model.BatchPlan;
import io.channelwise.bert.internal.onnx.BertGraph;
import io.channelwise.bert.internal.text.TokenIds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A graph in onnxruntime, on the CPU. */
public final class OnnxScorer implements Scorer {
  private static final int BATCH_SIZE = 32;

  private final String name;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String output;
  private final boolean perToken;

  /** Inputs of a batch, reused: ids, mask, types. They grow with the largest batch. */
  private LongBuffer[] buffers = {};

  private OnnxScorer(String name, OrtEnvironment environment, OrtSession session)
      throws OrtException {
    this.name = name;
    this.environment = environment;
    this.session = session;
    NodeInfo info = session.getOutputInfo().values().iterator().next();
    this.output = info.getName();
    this.perToken = ((TensorInfo) info.getInfo()).getShape().length == 3;
  }

  /**
   * Loads a file that {@link BertGraph} wrote.
   *
   * @param name for logs
   * @param threads of this model's kernels; 0 takes one a processor
   * @throws ModelFormatException when the file is missing or is no such graph
   * @throws LinkageError when onnxruntime's native library cannot be loaded here
   */
  public static OnnxScorer load(String name, Path file, int threads) {
    if (!Files.isRegularFile(file)) {
      throw new ModelFormatException(
          "File " + file + " does not exist; write it with export-onnx.");
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(
          threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
      // Texts come in all lengths: a plan for each would only hold memory.
      options.setMemoryPatternOptimization(false);
      // A thread that spins takes the processor from the one it waits for as soon as another
      // process wants one: asleep, answers took a quarter less time beside one busy process, and
      // on an idle machine a twentieth more.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      OrtSession session = environment.createSession(file.toString(), options);
      try {
        requireInputs(file, session);
        return new OnnxScorer(name, environment, session);
      } catch (OrtException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new ModelFormatException(
          "File %s cannot be loaded by onnxruntime: %s. Write it again with export-onnx."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static void requireInputs(Path file, OrtSession session) {
    if (!session
        .getInputNames()
        .containsAll(List.of(BertGraph.IDS, BertGraph.MASK, BertGraph.TYPES))) {
      throw new ModelFormatException(
          "File %s has the inputs %s; expected %s, %s and %s. Write it with export-onnx."
              .formatted(
                  file, session.getInputNames(), BertGraph.IDS, BertGraph.MASK, BertGraph.TYPES));
    }
  }

  @Override
  public float[][] logits(List<TokenIds> inputs) {
    int[] lengths = inputs.stream().mapToInt(TokenIds::length).toArray();
    float[][] result = new float[inputs.size()][];
    for (int[] batch : BatchPlan.byLength(lengths, BATCH_SIZE)) {
      List<TokenIds> rows = new ArrayList<>(batch.length);
      for (int index : batch) {
        rows.add(inputs.get(index));
      }
      run(rows, batch, result);
    }
    return result;
  }

  private void run(List<TokenIds> rows, int[] places, float[][] result) {
    int length = rows.stream().mapToInt(TokenIds::length).max().orElseThrow();
    fill(rows, length);
    long[] shape = {rows.size(), length};
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try {
      inputs.put(BertGraph.IDS, OnnxTensor.createTensor(environment, buffers[0], shape));
      inputs.put(BertGraph.MASK, OnnxTensor.createTensor(environment, buffers[1], shape));
      inputs.put(BertGraph.TYPES, OnnxTensor.createTensor(environment, buffers[2], shape));
      try (OrtSession.Result answer = session.run(inputs)) {
        OnnxTensor logits = (OnnxTensor) answer.get(output).orElseThrow();
        FloatBuffer values = logits.getFloatBuffer();
        int stride = values.remaining() / rows.size();
        for (int i = 0; i < places.length; i++) {
          int used = perToken ? stride / length * rows.get(i).length() : stride;
          float[] row = new float[used];
          values.get(i * stride, row);
          result[places[i]] = row;
        }
      }
    } catch (OrtException e) {
      throw new IllegalStateException(
          "onnxruntime failed on %d inputs of %d tokens: %s"
              .formatted(rows.size(), length, e.getMessage()),
          e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private void fill(List<TokenIds> rows, int length) {
    int size = rows.size() * length;
    if (buffers.length == 0 || buffers[0].capacity() < size) {
      buffers = new LongBuffer[] {direct(size), direct(size), direct(size)};
    }
    for (LongBuffer buffer : buffers) {
      buffer.clear().limit(size);
    }
    int at = 0;
    for (TokenIds row : rows) {
      int[] ids = row.ids();
      for (int i = 0; i < length; i++, at++) {
        boolean token = i < ids.length;
        buffers[0].put(at, token ? ids[i] : 0);
        buffers[1].put(at, token ? 1 : 0);
        buffers[2].put(at, token && i >= row.secondFrom() ? 1 : 0);
      }
    }
  }

  /** Direct memory in the machine's order is read in place. */
  private static LongBuffer direct(int size) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(size, Long.BYTES))
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
  }

  /** What the file says of itself. */
  public Map<String, String> metadata() {
    try {
      return session.getMetadata().getCustomMetadata();
    } catch (OrtException e) {
      throw new IllegalStateException("The graph's metadata cannot be read", e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("The session cannot be closed", e);
    }
  }
}
