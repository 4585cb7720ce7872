package io.channelwise.bert.internal.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Writes F32 tensors as safetensors, synced to disk. */
public final class SafetensorsWriter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CHUNK_FLOATS = 1 << 18;

  private SafetensorsWriter() {}

  /** Writes tensors that are all in memory. */
  public static void write(Path path, Map<String, HostTensor> tensors, Map<String, String> metadata)
      throws IOException {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    write(path, shapes, name -> tensors.get(name).values(), metadata);
  }

  /**
   * Writes tensors one at a time, so that only one of them is in Java memory.
   *
   * @param values gives the values of a tensor when its turn comes
   */
  public static void write(
      Path path,
      Map<String, long[]> shapes,
      Function<String, FloatBuffer> values,
      Map<String, String> metadata)
      throws IOException {
    byte[] header = header(shapes, metadata);
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      writeFully(channel, length.putLong(header.length).flip());
      writeFully(channel, ByteBuffer.wrap(header));
      ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_FLOATS * 4).order(ByteOrder.LITTLE_ENDIAN);
      for (String name : shapes.keySet()) {
        FloatBuffer source = values.apply(name);
        while (source.hasRemaining()) {
          int count = Math.min(CHUNK_FLOATS, source.remaining());
          chunk.clear().limit(count * 4);
          chunk.asFloatBuffer().put(source.slice(source.position(), count));
          source.position(source.position() + count);
          writeFully(channel, chunk);
        }
      }
      channel.force(true);
    }
  }

  private static byte[] header(Map<String, long[]> shapes, Map<String, String> metadata)
      throws IOException {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode meta = header.putObject("__metadata__");
    metadata.forEach(meta::put);
    long offset = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", "F32");
      long bytes = 4;
      var shape = node.putArray("shape");
      for (long axis : entry.getValue()) {
        shape.add(axis);
        bytes = Math.multiplyExact(bytes, axis);
      }
      node.putArray("data_offsets").add(offset).add(offset + bytes);
      offset += bytes;
    }
    String json = JSON.writeValueAsString(header);
    // The format wants the data aligned to 8 bytes, filled with spaces.
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    return (json + " ".repeat((8 - length % 8) % 8)).getBytes(StandardCharsets.UTF_8);
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
