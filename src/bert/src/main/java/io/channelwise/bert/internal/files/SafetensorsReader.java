package io.channelwise.bert.internal.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a <a href="https://github.com/huggingface/safetensors#format">safetensors</a> file. The
 * whole header is checked against the file's size before anything of the size it claims is
 * allocated. One thread.
 */
public final class SafetensorsReader implements AutoCloseable {
  /** BERT's headers take kilobytes; the reference implementation's 100 MB would fill our heap. */
  private static final long HEADER_BYTES_MAX = 8L << 20;

  private static final int READ_BYTES = 1 << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final Path path;
  private final FileChannel channel;
  private final long dataStart;
  private final Map<String, Entry> entries;
  private final Map<String, String> metadata;

  private record Entry(DataKind kind, long[] shape, long from, long to) {}

  /** Opens a file and checks its header. */
  public static SafetensorsReader open(Path path) {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return new SafetensorsReader(path, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new ModelFormatException(
          "File " + path + " is missing; it should hold the weights.", e);
    } catch (IOException e) {
      throw new ModelFormatException("File " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private SafetensorsReader(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    long size = channel.size();
    if (size < 8) {
      throw refused("it has " + size + " bytes, less than a header's length field");
    }
    long headerBytes = readFully(0, 8).getLong();
    if (headerBytes < 2 || headerBytes > HEADER_BYTES_MAX || headerBytes > size - 8) {
      throw refused(
          "its header claims %s bytes; the file has %d and the limit is %d"
              .formatted(Long.toUnsignedString(headerBytes), size, HEADER_BYTES_MAX));
    }
    this.dataStart = 8 + headerBytes;
    JsonNode header = parseHeader(readFully(8, (int) headerBytes));
    this.metadata = readMetadata(header.path("__metadata__"));
    this.entries = readEntries(header, size - dataStart);
  }

  /** Names of the tensors, in the header's order. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** Free text pairs of the header. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Sizes of a tensor's axes. */
  public long[] shape(String name) {
    return entry(name).shape().clone();
  }

  /** A tensor as floats; F16, BF16 and F64 are converted. */
  public HostTensor read(String name) {
    Entry entry = entry(name);
    if (entry.to() - entry.from() > Integer.MAX_VALUE) {
      throw new ModelFormatException(
          "Tensor %s of %s has %d bytes; the limit for one tensor is %d."
              .formatted(name, path, entry.to() - entry.from(), Integer.MAX_VALUE));
    }
    try {
      ByteBuffer bytes =
          readFully(dataStart + entry.from(), Math.toIntExact(entry.to() - entry.from()));
      return new HostTensor(entry.shape(), entry.kind().floats(bytes));
    } catch (IOException e) {
      throw new ModelFormatException(
          "Tensor " + name + " of " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new ModelFormatException("File " + path + " cannot be closed: " + e.getMessage(), e);
    }
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new ModelFormatException("File " + path + " holds no tensor " + name + ".");
    }
    return entry;
  }

  private JsonNode parseHeader(ByteBuffer bytes) throws IOException {
    try {
      JsonNode header = JSON.readTree(bytes.array());
      if (!header.isObject()) {
        throw refused("its header is no JSON object");
      }
      return header;
    } catch (JsonProcessingException e) {
      throw refused("its header is no JSON: " + e.getOriginalMessage());
    }
  }

  private Map<String, String> readMetadata(JsonNode node) {
    Map<String, String> result = new LinkedHashMap<>();
    node.fields().forEachRemaining(f -> result.put(f.getKey(), f.getValue().asText()));
    return result;
  }

  private Map<String, Entry> readEntries(JsonNode header, long dataBytes) {
    Map<String, Entry> result = new LinkedHashMap<>();
    header
        .fields()
        .forEachRemaining(
            field -> {
              if (!field.getKey().equals("__metadata__")) {
                result.put(field.getKey(), readEntry(field.getKey(), field.getValue(), dataBytes));
              }
            });
    List<Entry> ordered = new ArrayList<>(result.values());
    ordered.sort(Comparator.comparingLong(Entry::from).thenComparingLong(Entry::to));
    long end = 0;
    for (Entry entry : ordered) {
      if (entry.from() != end) {
        throw refused("tensors overlap or leave a hole at byte " + end);
      }
      end = entry.to();
    }
    if (end != dataBytes) {
      throw refused("its tensors take %d bytes but %d are there".formatted(end, dataBytes));
    }
    return result;
  }

  private Entry readEntry(String name, JsonNode node, long dataBytes) {
    JsonNode offsets = node.path("data_offsets");
    if (!node.path("shape").isArray()
        || offsets.size() != 2
        || !offsets.get(0).isIntegralNumber()
        || !offsets.get(1).isIntegralNumber()
        || !offsets.get(0).canConvertToLong()
        || !offsets.get(1).canConvertToLong()) {
      throw refused("tensor " + name + " lacks dtype, shape or data_offsets");
    }
    long from = offsets.get(0).asLong();
    long to = offsets.get(1).asLong();
    if (from < 0 || to < from || to > dataBytes) {
      throw refused("tensor %s lies at %d..%d of %d bytes".formatted(name, from, to, dataBytes));
    }
    DataKind kind = DataKind.of(node.path("dtype").asText());
    if (kind == null) {
      throw refused("tensor " + name + " has the unknown type " + node.path("dtype").asText());
    }
    long[] shape = readShape(name, node.path("shape"));
    long bytes = bytes(name, kind, shape);
    if (bytes != to - from) {
      throw refused(
          "tensor %s needs %d bytes for its shape but has %d".formatted(name, bytes, to - from));
    }
    return new Entry(kind, shape, from, to);
  }

  private long[] readShape(String name, JsonNode node) {
    long[] shape = new long[node.size()];
    for (int i = 0; i < shape.length; i++) {
      JsonNode axis = node.get(i);
      shape[i] = axis.isIntegralNumber() && axis.canConvertToLong() ? axis.asLong() : -1;
      if (shape[i] < 0) {
        throw refused("tensor " + name + " has the axis " + axis);
      }
    }
    return shape;
  }

  private long bytes(String name, DataKind kind, long[] shape) {
    try {
      return Arrays.stream(shape).reduce(kind.bytes(), Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw refused("tensor " + name + " claims more values than can be counted");
    }
  }

  /**
   * Read, not mapped: a mapping stays in memory until the collector finds it, and a file that
   * another process shortens meanwhile would end this one.
   */
  private ByteBuffer readFully(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.position() < length) {
      // The channel copies through a buffer of the size of the read, which it keeps.
      buffer.limit(Math.min(length, buffer.position() + READ_BYTES));
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw refused("it ends early");
      }
    }
    return buffer.flip();
  }

  private ModelFormatException refused(String why) {
    return new ModelFormatException(
        "File " + path + " is no valid safetensors file: " + why + ". Fetch or write it again.");
  }
}
