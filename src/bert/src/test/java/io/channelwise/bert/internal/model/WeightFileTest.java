package io.channelwise.bert.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.Task;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.Pooling;
import io.channelwise.bert.internal.files.SafetensorsWriter;
import io.channelwise.bert.internal.files.TensorFiles;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightFileTest {
  private static final BertConfig ENCODER =
      new BertConfig(7, 4, 2, 2, 8, 6, 2, 1e-12, List.of(), Pooling.CLS, 6, Task.SEQUENCE);
  private static final BertConfig CLASSIFIER =
      ENCODER.withHead(Task.SEQUENCE, List.of("a", "b", "c"), Pooling.CLS, 6);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldReadEveryTensor_whateverPrefixNormNamesAndShards(boolean sharded) throws IOException {
    // The original checkpoints call the weights of the norms gamma and beta.
    UnaryOperator<String> old =
        name ->
            BertWeightNames.inFile(name)
                .replace("LayerNorm.weight", "LayerNorm.gamma")
                .replace("LayerNorm.bias", "LayerNorm.beta");
    Map<String, HostTensor> tensors = tensors(CLASSIFIER, true);
    tensors.put("embeddings.position_ids", tensor(9, 1, 6));
    write(tensors, sharded ? old : UnaryOperator.identity(), sharded ? 3 : 1);

    try (WeightFile file = new WeightFile(folder)) {
      file.require(folder, CLASSIFIER, true);
      tensors.forEach(
          (name, tensor) -> assertThat(file.read(name).values()).isEqualTo(tensor.values()));
    }
  }

  @Test
  void shouldListEverythingInOneMessage_whenTensorsDoNotFit() throws IOException {
    Map<String, HostTensor> tensors = tensors(CLASSIFIER, true);
    tensors.remove("encoder.layer.1.output.dense.bias");
    tensors.remove("pooler.dense.weight");
    tensors.put("classifier.weight", tensor(1, 2, 4));
    tensors.put("encoder.layer.2.output.dense.bias", tensor(1, 4));
    tensors.put("bert.embeddings.LayerNorm.gamma", tensor(1, 4));
    write(tensors, UnaryOperator.identity(), 1);

    try (WeightFile file = new WeightFile(folder)) {
      assertThatThrownBy(() -> file.require(folder, CLASSIFIER, true))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(
              "do not fit its config.json: 2 missing: encoder.layer.1.output.dense.bias;"
                  + " pooler.dense.weight. 1 mis-shaped: classifier.weight has shape [2, 4] instead"
                  + " of [3, 4]. 1 unexpected: encoder.layer.2.output.dense.bias. 1 there under two"
                  + " names: embeddings.LayerNorm.weight and bert.embeddings.LayerNorm.gamma.");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldTakeABase_withAndWithoutPoolerAndHeads(boolean head) throws IOException {
    Map<String, HostTensor> tensors = tensors(head ? CLASSIFIER : ENCODER, head);
    tensors.put("cls.predictions.bias", tensor(9, 7));
    write(tensors, UnaryOperator.identity(), 1);
    try (WeightFile file = new WeightFile(folder)) {
      file.require(folder, ENCODER, false);
      assertThat(file.has("pooler.dense.weight")).isEqualTo(head);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'weight_map':{'x':'../one.safetensors'}} | expected a file of the same folder",
        "{'weight_map':{'x':'/etc/passwd'}} | expected a file of the same folder",
        "{'weight_map':{'x':'one.safetensors','y':'two.safetensors'}} | two.safetensors is missing",
        "{'weight_map':{'x':'one.safetensors','y':'one.safetensors'}} | one.safetensors lacks y",
        "{'weight_map':{'y':'one.safetensors'}} | holds x, which the index does not say",
        "{'weight_map':{}} | has no weight_map",
        "{'weight_map':{'x':'one.safetensors','x':'one.safetensors'}} | is no JSON",
        "[] | has no weight_map",
        "{ | is no JSON"
      })
  void shouldRefuseAnIndex_whenItContradictsItsShards(String index, String message)
      throws IOException {
    SafetensorsWriter.write(
        folder.resolve("one.safetensors"), Map.of("x", tensor(1, 2)), Map.of("format", "pt"));
    Files.writeString(folder.resolve(TensorFiles.INDEX_FILE), index.replace('\'', '"'));

    assertThatThrownBy(() -> new WeightFile(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldSayHowToConvert_whenThereAreOnlyPickledWeights() throws IOException {
    assertThatThrownBy(() -> new WeightFile(folder)).hasMessageContaining("Fetch the model again");
    Files.createFile(folder.resolve("pytorch_model.bin"));
    assertThatThrownBy(() -> new WeightFile(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("save_pretrained(DIR, safe_serialization=True)");
  }

  private void write(Map<String, HostTensor> tensors, UnaryOperator<String> rename, int shards)
      throws IOException {
    Map<String, Map<String, HostTensor>> parts = new TreeMap<>();
    Map<String, String> shardOf = new LinkedHashMap<>();
    for (Map.Entry<String, HostTensor> entry : tensors.entrySet()) {
      int part = shardOf.size() % shards + 1;
      String shard = "model-0000%d-of-0000%d.safetensors".formatted(part, shards);
      String file = shards == 1 ? BertWeightNames.FILE : shard;
      String name = rename.apply(entry.getKey());
      parts.computeIfAbsent(file, f -> new LinkedHashMap<>()).put(name, entry.getValue());
      shardOf.put(name, file);
    }
    for (Map.Entry<String, Map<String, HostTensor>> part : parts.entrySet()) {
      SafetensorsWriter.write(
          folder.resolve(part.getKey()), part.getValue(), Map.of("format", "pt"));
    }
    if (shards > 1) {
      Map<String, Object> index = Map.of("metadata", Map.of(), "weight_map", shardOf);
      new ObjectMapper().writeValue(folder.resolve(TensorFiles.INDEX_FILE).toFile(), index);
    }
  }

  private static Map<String, HostTensor> tensors(BertConfig config, boolean head) {
    Map<String, long[]> shapes = BertWeightNames.encoder(config);
    if (head) {
      shapes.putAll(BertWeightNames.head(config));
    }
    Map<String, HostTensor> result = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> result.put(name, tensor(result.size(), shape)));
    return result;
  }

  private static HostTensor tensor(int first, long... shape) {
    int size = 1;
    for (long axis : shape) {
      size *= (int) axis;
    }
    FloatBuffer values = FloatBuffer.allocate(size);
    for (int i = 0; i < size; i++) {
      values.put(first * 100 + i);
    }
    return new HostTensor(shape, values.flip());
  }
}
