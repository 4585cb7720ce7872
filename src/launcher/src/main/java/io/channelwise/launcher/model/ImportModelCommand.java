package io.channelwise.launcher.model;

import io.channelwise.bert.BaseModels;
import io.channelwise.bert.BertException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns ONNX weights of a BERT encoder into a Hugging Face directory. */
@Command(
    name = "import-model",
    sortOptions = false,
    description =
        "Write a Hugging Face directory from packaged weights (bge-small-zh, minilm), or from an"
            + " ONNX file that PyTorch exported and its tokenizer.json.")
public final class ImportModelCommand extends ModelCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Packaged model: bge-small-zh or minilm.")
  private String name;

  @Option(names = "--onnx", paramLabel = "FILE", description = "ONNX file of a BERT encoder.")
  private Path onnx;

  @Option(names = "--tokenizer", paramLabel = "FILE", description = "Its tokenizer.json.")
  private Path tokenizer;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the model; one of an earlier import is replaced.")
  private Path out;

  @Override
  void run() {
    boolean files = onnx != null && tokenizer != null;
    if ((name != null) == (onnx != null || tokenizer != null) || (name == null && !files)) {
      throw new BertException(
          "Give either the name of a packaged model (%s) or both --onnx and --tokenizer."
              .formatted(String.join(", ", BaseModels.names())));
    }
    if (files) {
      BaseModels.importOnnx(onnx, tokenizer, out);
    } else {
      BaseModels.importPackaged(name, out);
    }
    out().println("model written to " + out);
  }
}
