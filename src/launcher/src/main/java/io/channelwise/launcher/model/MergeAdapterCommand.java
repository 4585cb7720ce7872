package io.channelwise.launcher.model;

import io.channelwise.bert.training.Adapters;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Adds a LoRA adapter to the base it was trained on. */
@Command(
    name = "merge-adapter",
    sortOptions = false,
    description = {
      "Add a LoRA adapter to its base and write a Hugging Face directory.",
      "The adapter is the folder adapter/ that train --lora-rank writes, or one of PEFT's with a"
          + " config.json that knows the labels."
    })
public final class MergeAdapterCommand extends ModelCommand {
  @Option(
      names = "--base",
      required = true,
      paramLabel = "NAME|DIR",
      description = "What the adapter was trained on: bge-small-zh, minilm or a directory.")
  private String base;

  @Option(
      names = "--adapter",
      required = true,
      paramLabel = "DIR",
      description = "Folder with adapter_config.json and adapter_model.safetensors.")
  private Path adapter;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the model; one of an earlier training is replaced.")
  private Path out;

  @Override
  void run() {
    Adapters.merge(base, adapter, baseModels(), out);
    out().println("model written to " + out);
  }
}
