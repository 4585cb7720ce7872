package io.channelwise.bert.internal.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.channelwise.bert.BertException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes a graph so that it appears under its name whole and only when it is on the disk. Protobuf
 * ends at 2 GiB; the weights of a larger graph lie in a second file beside it, as ONNX's external
 * data.
 */
public final class OnnxFile {
  /** Protobuf's limit, less what names and shapes take. */
  static final long INLINE_BYTES_MAX = Integer.MAX_VALUE - (64L << 20);

  /** Shapes and axes stay in the graph: runtimes infer from them. */
  private static final int EXTERNAL_BYTES_MIN = 1024;

  /** Where tensors begin in external data, so that they can be mapped. */
  private static final int ALIGNMENT = 4096;

  private OnnxFile() {}

  /**
   * Writes the file; an older one is replaced.
   *
   * @return bytes written, external data included
   * @throws BertException when the folder is missing or cannot be written
   */
  public static long write(ModelProto model, Path target) {
    return write(model, target, INLINE_BYTES_MAX);
  }

  static long write(ModelProto model, Path target, long inlineBytesMax) {
    Path whole = target.toAbsolutePath();
    Path folder = whole.getParent();
    if (Files.isDirectory(whole)) {
      throw new BertException("Output " + target + " is a folder; name a file in it.");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new BertException(
          "Folder %s of output %s does not exist; create it, or name another file."
              .formatted(folder, target));
    }
    String name = whole.getFileName().toString();
    String unique = UUID.randomUUID().toString().substring(0, 8);
    Path fresh = folder.resolve("." + name + ".new-" + unique);
    boolean external = weightBytes(model.getGraph()) > inlineBytesMax;
    Path data = external ? folder.resolve(name + "." + unique + ".data") : null;
    boolean published = false;
    try {
      ModelProto written = external ? moveOut(model, data) : model;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh), 1 << 16)) {
        written.writeTo(out);
      }
      sync(fresh);
      long bytes = Files.size(fresh) + (external ? Files.size(data) : 0);
      Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
      published = true;
      sync(folder);
      deleteOldData(folder, name, data);
      return bytes;
    } catch (IOException e) {
      // The graph that stands under its name now needs its data.
      delete(published ? null : data);
      throw new BertException("File %s cannot be written: %s".formatted(target, e.getMessage()), e);
    } finally {
      delete(fresh);
    }
  }

  private static long weightBytes(GraphProto graph) {
    return graph.getInitializerList().stream().mapToLong(t -> t.getRawData().size()).sum();
  }

  /** Writes the large tensors into a file of their own and leaves their places in the graph. */
  private static ModelProto moveOut(ModelProto model, Path data) throws IOException {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(data), 1 << 16)) {
      long position = 0;
      for (int i = 0; i < graph.getInitializerCount(); i++) {
        TensorProto tensor = graph.getInitializer(i);
        ByteString raw = tensor.getRawData();
        if (raw.size() < EXTERNAL_BYTES_MIN) {
          continue;
        }
        while (position % ALIGNMENT != 0) {
          out.write(0);
          position++;
        }
        raw.writeTo(out);
        graph.setInitializer(
            i,
            tensor.toBuilder()
                .clearRawData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", data.getFileName().toString()))
                .addExternalData(entry("offset", Long.toString(position)))
                .addExternalData(entry("length", Long.toString(raw.size()))));
        position += raw.size();
      }
    }
    sync(data);
    return model.toBuilder().setGraph(graph).build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /** The graph that was replaced needed these; nothing names them any more. */
  private static void deleteOldData(Path folder, String name, Path kept) throws IOException {
    Pattern ours = Pattern.compile(Pattern.quote(name) + "\\.[0-9a-f]{8}\\.data");
    List<Path> old = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .filter(path -> ours.matcher(path.getFileName().toString()).matches())
          .filter(path -> !path.equals(kept))
          .forEach(old::add);
    }
    for (Path path : old) {
      Files.deleteIfExists(path);
    }
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void delete(Path path) {
    try {
      if (path != null) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // What failed before is what people must know; a hidden leftover harms nobody.
    }
  }
}
