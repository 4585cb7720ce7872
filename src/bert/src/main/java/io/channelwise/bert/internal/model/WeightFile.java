package io.channelwise.bert.internal.model;

import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.SafetensorsReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The weights of a model folder, checked as a whole against its configuration. One thread. */
public final class WeightFile implements AutoCloseable {
  private final SafetensorsReader reader;
  private final Map<String, String> nameInFile = new HashMap<>();

  /** Opens {@code model.safetensors} of the folder. */
  public WeightFile(Path folder) {
    reader = SafetensorsReader.open(folder.resolve(BertWeightNames.FILE));
    reader.names().forEach(name -> nameInFile.put(BertWeightNames.fromFile(name), name));
  }

  /** Fails with one message that lists every missing or mis-shaped tensor. */
  public void require(Path folder, BertConfig config, boolean withHead) {
    Map<String, long[]> wanted = BertWeightNames.encoder(config);
    if (withHead) {
      wanted.putAll(BertWeightNames.head(config));
    }
    List<String> findings = new ArrayList<>();
    wanted.forEach(
        (name, shape) -> {
          if (!nameInFile.containsKey(name)) {
            findings.add(name + " is missing");
          } else if (!Arrays.equals(reader.shape(nameInFile.get(name)), shape)) {
            findings.add(
                "%s has shape %s instead of %s"
                    .formatted(
                        name,
                        Arrays.toString(reader.shape(nameInFile.get(name))),
                        Arrays.toString(shape)));
          }
        });
    if (!findings.isEmpty()) {
      throw new ModelFormatException(
          "The weights of %s do not fit its config.json: %s."
              .formatted(folder, String.join("; ", findings)));
    }
  }

  /** Whether there is a tensor of that name, prefix not counted. */
  public boolean has(String name) {
    return nameInFile.containsKey(name);
  }

  /** A tensor by its name without prefix. */
  public HostTensor read(String name) {
    return reader.read(nameInFile.get(name));
  }

  @Override
  public void close() {
    reader.close();
  }
}
