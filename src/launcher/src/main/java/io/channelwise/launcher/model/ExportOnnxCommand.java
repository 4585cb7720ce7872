package io.channelwise.launcher.model;

import io.channelwise.bert.BertException;
import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.bert.compression.OnnxExport;
import io.channelwise.bert.compression.OnnxExporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a model as ONNX. */
@Command(
    name = "export-onnx",
    sortOptions = false,
    description = {
      "Write a model of any task as one ONNX file.",
      "Its inputs are input_ids, attention_mask and token_type_ids of any batch and length, its"
          + " output logits; task, labels, tokenizer and calibration stand in its metadata."
    })
public final class ExportOnnxCommand extends ModelCommand {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Folder of a model, fine-tuned or a bare encoder.")
  private Path model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "ONNX file to write; an older one is replaced.")
  private Path out;

  @Option(
      names = "--int8",
      description = "Weights of linear layers and words in 8 bits: smaller and faster.")
  private boolean int8;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "With --int8: labelled examples on which the file is compared with 32 bits in onnxruntime:"
              + " scores, equal answers, size, speed.")
  private Path data;

  @Mixin private DataOptions columns = new DataOptions();

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "NUMBER",
      description =
          "CPU threads of the comparison; 0 takes one a processor. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Override
  void run() {
    if (data != null && !int8) {
      throw new BertException(
          "Option --data compares 8 bits with 32; give --int8 too, or use evaluate.");
    }
    Outputs.requireFile("--out", out);
    List<Example> examples =
        data == null ? null : columns.read("comparison", data, Task.ofModel(model), err());
    OnnxExport export = OnnxExporter.export(model, out, int8);
    out()
        .printf(
            Locale.ROOT,
            "%s written: %.1f MB, %s, opset %d%n",
            export.file(),
            export.bytes() / 1e6,
            int8 ? "8-bit weights" : "32-bit floats",
            export.opset());
    if (examples != null) {
      out().flush();
      try (WorkProgress progress = WorkProgress.of(err(), "comparison")) {
        out().println(OnnxExporter.compare(model, out, examples, threads, progress).text());
      }
    }
  }
}
