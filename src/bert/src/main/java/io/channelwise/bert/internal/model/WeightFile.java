package io.channelwise.bert.internal.model;

import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.TensorFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** The weights of a model folder, checked as a whole against its configuration. One thread. */
public final class WeightFile implements WeightSource {
  private final TensorFiles files;
  private final Map<String, String> nameInFile = new LinkedHashMap<>();
  private final List<String> doubled = new ArrayList<>();

  /** Opens the weights of the folder, in one file or in shards. */
  public WeightFile(Path folder) {
    files = TensorFiles.open(folder);
    for (String name : files.names()) {
      String before = nameInFile.putIfAbsent(BertWeightNames.fromFile(name), name);
      if (before != null) {
        doubled.add(before + " and " + name);
      }
    }
  }

  /** Fails with one message that lists every missing, mis-shaped, unexpected or doubled tensor. */
  public void require(Path folder, BertConfig config, boolean withHead) {
    Map<String, long[]> wanted = BertWeightNames.encoder(config);
    if (withHead) {
      wanted.putAll(BertWeightNames.head(config));
    }
    List<String> missing = new ArrayList<>();
    List<String> misshaped = new ArrayList<>();
    wanted.forEach(
        (name, shape) -> {
          if (!has(name)) {
            missing.add(name);
            return;
          }
          long[] found = files.shape(nameInFile.get(name));
          if (!Arrays.equals(found, shape)) {
            misshaped.add(
                "%s has shape %s instead of %s"
                    .formatted(name, Arrays.toString(found), Arrays.toString(shape)));
          }
        });
    List<String> unexpected =
        nameInFile.keySet().stream()
            .filter(name -> !wanted.containsKey(name) && !BertWeightNames.ignored(name, withHead))
            .map(nameInFile::get)
            .toList();
    List<String> findings = new ArrayList<>();
    add(findings, "missing", missing);
    add(findings, "mis-shaped", misshaped);
    add(findings, "unexpected", unexpected);
    add(findings, "there under two names", doubled);
    if (!findings.isEmpty()) {
      throw new ModelFormatException(
          "The weights of %s do not fit its config.json: %s."
              .formatted(folder, String.join(". ", findings)));
    }
  }

  private static void add(List<String> findings, String kind, List<String> tensors) {
    if (!tensors.isEmpty()) {
      findings.add("%d %s: %s".formatted(tensors.size(), kind, String.join("; ", tensors)));
    }
  }

  @Override
  public boolean has(String name) {
    return nameInFile.containsKey(name);
  }

  @Override
  public HostTensor read(String name) {
    return files.read(nameInFile.get(name));
  }

  /** A checksum of the weights of a folder; equal files have equal ones. */
  public static String fingerprint(Path folder) {
    CRC32C sum = new CRC32C();
    byte[] buffer = new byte[1 << 16];
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : entries.filter(WeightFile::isWeights).sorted().toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            sum.update(buffer, 0, n);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + folder + " cannot be read", e);
    }
    return Long.toHexString(sum.getValue());
  }

  private static boolean isWeights(Path file) {
    return file.getFileName().toString().endsWith(".safetensors");
  }

  @Override
  public void close() {
    files.close();
  }
}
