package io.channelwise.bert.compression;

import io.channelwise.bert.AnswerListener;
import io.channelwise.bert.BertException;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Example;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.inference.QuantizationTrial;
import io.channelwise.bert.internal.onnx.BertGraph;
import io.channelwise.bert.internal.onnx.GraphForm;
import io.channelwise.bert.internal.onnx.GraphWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a model as one ONNX file that any runtime can serve.
 *
 * <p>Inputs, 64-bit integers of (batch, sequence): {@code input_ids}, {@code attention_mask} (1 on
 * tokens, 0 on padding), {@code token_type_ids}. Output, 32-bit floats: {@code logits}, (batch,
 * classes), for tagged words (batch, sequence, classes); of a model without classes {@code
 * last_hidden_state}, (batch, sequence, hidden size). Task, labels, tokenizer, length and
 * calibration stand in the file's metadata.
 */
public final class OnnxExporter {

  private OnnxExporter() {}

  /**
   * Writes the file; it appears whole, and an older one is replaced. Weights beyond 2 GiB go into a
   * second file beside it.
   *
   * <p>With {@code int8} the matrices of the linear layers have 8 bits with a scale for each
   * output, and the activations are quantised at run time; the word embedding has 8 bits with a
   * scale for each word. Processors without VNNI or AMX instructions may add such products
   * inexactly: {@link #compare} there before use.
   *
   * @param modelDir of a fine-tuned model of any task, or of a bare encoder
   * @throws ModelFormatException when the model cannot be read or is no BERT
   * @throws BertException when the file cannot be written
   */
  public static OnnxExport export(Path modelDir, Path file, boolean int8) {
    BertConfig encoder = BertConfig.read(modelDir);
    BertConfig config = encoder.labels().isEmpty() ? encoder : BertConfig.readClassifier(modelDir);
    GraphForm form = int8 ? GraphForm.INT8 : GraphForm.STANDARD;
    long bytes = GraphWriter.export(modelDir, config, form, file);
    return new OnnxExport(file, int8, BertGraph.OPSET, bytes);
  }

  /**
   * What 8 bits cost and bring: both forms of a model answer labelled examples in onnxruntime.
   *
   * @param modelDir the model
   * @param int8File its export in 8 bits
   * @param examples to judge on
   * @param threads of onnxruntime; 0 takes one a processor
   * @throws ModelFormatException when a file cannot be read or the model has no classes
   * @throws DatasetException when a label is unknown to the model
   */
  public static QuantizationReport compare(
      Path modelDir, Path int8File, List<Example> examples, int threads) {
    return compare(modelDir, int8File, examples, threads, AnswerListener.NONE);
  }

  /** As the method above, telling how far it is. */
  public static QuantizationReport compare(
      Path modelDir, Path int8File, List<Example> examples, int threads, AnswerListener listener) {
    return QuantizationTrial.run(modelDir, int8File, examples, threads, listener);
  }
}
