package io.channelwise.bert.internal.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.ModelFormatException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The tensors of a model folder, in one {@code model.safetensors} or in the shards that {@code
 * model.safetensors.index.json} lists. One thread.
 */
public final class TensorFiles implements AutoCloseable {
  /** Lists which shard holds which tensor, as Hugging Face writes it. */
  public static final String INDEX_FILE = "model.safetensors.index.json";

  /** A plain file name: an index must not lead out of its folder. */
  private static final Pattern SHARD_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

  /** A BERT's index takes kilobytes. */
  private static final long INDEX_BYTES_MAX = 8L << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final List<SafetensorsReader> readers = new ArrayList<>();
  private final Map<String, SafetensorsReader> holders = new LinkedHashMap<>();

  private TensorFiles() {}

  /**
   * Opens all files and checks their headers.
   *
   * @throws ModelFormatException when there are no weights, or index and shards contradict
   */
  public static TensorFiles open(Path folder) {
    TensorFiles files = new TensorFiles();
    try {
      if (Files.exists(folder.resolve(BertWeightNames.FILE))) {
        files.add(SafetensorsReader.open(folder.resolve(BertWeightNames.FILE)));
      } else if (Files.exists(folder.resolve(INDEX_FILE))) {
        files.addShards(folder);
      } else {
        throw new ModelFormatException(missing(folder));
      }
      return files;
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /**
   * The files of a folder that hold its tensors, by name: one, or the shards.
   *
   * @throws ModelFormatException when there are no weights
   */
  public static List<Path> paths(Path folder) {
    if (Files.exists(folder.resolve(BertWeightNames.FILE))) {
      return List.of(folder.resolve(BertWeightNames.FILE));
    }
    if (!Files.exists(folder.resolve(INDEX_FILE))) {
      throw new ModelFormatException(missing(folder));
    }
    TreeSet<String> shards = new TreeSet<>(readIndex(folder.resolve(INDEX_FILE)).values());
    return shards.stream().map(folder::resolve).toList();
  }

  /** SHA-256 of these files, one after another. */
  public static String sha256(Path folder) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      OutputStream nowhere = OutputStream.nullOutputStream();
      try (DigestOutputStream through = new DigestOutputStream(nowhere, digest)) {
        for (Path file : paths(folder)) {
          Files.copy(file, through);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException("The weights of " + folder + " cannot be read", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Names of all tensors. */
  public Set<String> names() {
    return Collections.unmodifiableSet(holders.keySet());
  }

  /** Sizes of a tensor's axes. */
  public long[] shape(String name) {
    return holders.get(name).shape(name);
  }

  /** A tensor as floats. */
  public HostTensor read(String name) {
    return holders.get(name).read(name);
  }

  @Override
  public void close() {
    readers.forEach(SafetensorsReader::close);
  }

  private void add(SafetensorsReader reader) {
    readers.add(reader);
    reader.names().forEach(name -> holders.put(name, reader));
  }

  private void addShards(Path folder) {
    Map<String, String> shardOf = readIndex(folder.resolve(INDEX_FILE));
    Map<String, SafetensorsReader> shards = new TreeMap<>();
    List<String> findings = new ArrayList<>();
    for (String shard : new TreeSet<>(shardOf.values())) {
      if (!Files.isRegularFile(folder.resolve(shard))) {
        findings.add("shard " + shard + " is missing");
        continue;
      }
      SafetensorsReader reader = SafetensorsReader.open(folder.resolve(shard));
      readers.add(reader);
      shards.put(shard, reader);
      for (String name : reader.names()) {
        if (!shard.equals(shardOf.get(name))) {
          findings.add("shard " + shard + " holds " + name + ", which the index does not say");
        }
      }
    }
    shardOf.forEach(
        (name, shard) -> {
          SafetensorsReader reader = shards.get(shard);
          if (reader != null && !reader.names().contains(name)) {
            findings.add("shard " + shard + " lacks " + name);
          }
          holders.put(name, reader);
        });
    if (!findings.isEmpty()) {
      throw new ModelFormatException(
          "The shards of %s do not fit %s: %s. Fetch the model again."
              .formatted(folder, INDEX_FILE, String.join("; ", findings)));
    }
  }

  private static Map<String, String> readIndex(Path index) {
    SizeLimit.require(index, "the index of a BERT", INDEX_BYTES_MAX);
    JsonNode entries;
    try {
      entries = JSON.readTree(index.toFile()).path("weight_map");
    } catch (IOException e) {
      throw new ModelFormatException("File " + index + " is no JSON: " + e.getMessage(), e);
    }
    if (!entries.isObject() || entries.isEmpty()) {
      throw new ModelFormatException(
          "File " + index + " has no weight_map; it should name the shard of every tensor.");
    }
    Map<String, String> shardOf = new LinkedHashMap<>();
    entries
        .fields()
        .forEachRemaining(
            entry -> {
              String shard = entry.getValue().asText();
              if (!SHARD_NAME.matcher(shard).matches()) {
                throw new ModelFormatException(
                    "File %s puts tensor %s into \"%s\"; expected a file of the same folder."
                        .formatted(index, entry.getKey(), shard));
              }
              shardOf.put(entry.getKey(), shard);
            });
    return shardOf;
  }

  private static String missing(Path folder) {
    boolean pickled = Files.exists(folder.resolve("pytorch_model.bin"));
    return "Folder %s holds no weights: there is neither %s nor %s.%s"
        .formatted(
            folder,
            BertWeightNames.FILE,
            INDEX_FILE,
            pickled
                ? " Its pytorch_model.bin may run code when opened and is not read; save it again"
                    + " with save_pretrained(DIR, safe_serialization=True)."
                : " Fetch the model again.");
  }
}
