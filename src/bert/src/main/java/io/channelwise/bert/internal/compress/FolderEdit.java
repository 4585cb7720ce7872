package io.channelwise.bert.internal.compress;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.SafetensorsWriter;
import io.channelwise.bert.internal.files.TensorFiles;
import io.channelwise.bert.internal.files.TokenizerFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A Hugging Face directory made of another one: tensors left out, renamed or changed, and the
 * configuration changed to fit. Whatever is not touched stays as it is, also what we do not read.
 */
final class FolderEdit {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Source(String name, long[] shape, UnaryOperator<HostTensor> change) {}

  private final Path from;
  private final TensorFiles files;
  private final Map<String, Source> tensors = new LinkedHashMap<>();

  /** Begins with all tensors of an open folder; the files stay the caller's. */
  FolderEdit(Path from, TensorFiles files) {
    this.from = from;
    this.files = files;
    for (String name : files.names()) {
      tensors.put(name, new Source(name, files.shape(name), UnaryOperator.identity()));
    }
  }

  /** Leaves a tensor out. */
  void drop(String name) {
    tensors.remove(name);
  }

  /** Takes a tensor of the old folder under another name. */
  void rename(String oldName, String newName) {
    tensors.put(newName, new Source(oldName, files.shape(oldName), UnaryOperator.identity()));
  }

  /** Changes the values of a tensor. */
  void change(String name, UnaryOperator<HostTensor> change) {
    resize(name, files.shape(name), change);
  }

  /** Changes a tensor into one of another shape. */
  void resize(String name, long[] shape, UnaryOperator<HostTensor> change) {
    tensors.put(name, new Source(name, shape, change));
  }

  /** Writes configuration, weights and tokenizer. */
  void write(Path to, Consumer<ObjectNode> configChange) throws IOException {
    ObjectNode config = (ObjectNode) JSON.readTree(from.resolve(BertConfig.FILE).toFile());
    configChange.accept(config);
    // Whatever the tensors were, they are written as floats; transformers 5 says dtype.
    config.put(config.has("dtype") ? "dtype" : "torch_dtype", "float32");
    JSON.writerWithDefaultPrettyPrinter().writeValue(to.resolve(BertConfig.FILE).toFile(), config);
    Map<String, long[]> shapes = new LinkedHashMap<>();
    tensors.forEach((name, source) -> shapes.put(name, source.shape()));
    SafetensorsWriter.write(
        to.resolve(BertWeightNames.FILE),
        shapes,
        name -> {
          Source source = tensors.get(name);
          return source.change().apply(files.read(source.name())).values();
        },
        Map.of("format", "pt"));
    TokenizerFile.copy(from, BertConfig.read(to).maxPositions(), to);
  }
}
