package io.channelwise.bert.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.bert.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void shouldReadBackWhatItWrote() throws IOException {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    tensors.put(
        "matrix",
        new HostTensor(new long[] {2, 3}, FloatBuffer.wrap(new float[] {1, -2, 3, 4, 5, 6})));
    tensors.put("vector", new HostTensor(new long[] {2}, FloatBuffer.wrap(new float[] {7, 8})));
    Path file = folder.resolve("x.safetensors");
    SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));

    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      assertThat(reader.names()).containsExactly("matrix", "vector");
      assertThat(reader.metadata()).containsEntry("format", "pt");
      assertThat(reader.shape("matrix")).containsExactly(2, 3);
      float[] values = new float[6];
      reader.read("matrix").values().get(values);
      assertThat(values).containsExactly(1, -2, 3, 4, 5, 6);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "F16, 3C00, 1", "F16, C000, -2", "F16, 0001, 5.9604645E-8", "F16, 7C00, Infinity",
    "F16, 8000, -0", "F16, 3555, 0.33325195", "BF16, 3F80, 1", "BF16, C040, -3"
  })
  void shouldWidenHalfPrecision(String type, String bits, float expected) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort((short) Integer.parseInt(bits, 16));
    Path file =
        file(
            "{\"x\":{\"dtype\":\"" + type + "\",\"shape\":[1],\"data_offsets\":[0,2]}}",
            data.array());

    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      assertThat(reader.read("x").values().get(0)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // out of range, hole, overlap, too short, negative, overflow, no numbers, unknown type
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,80]}}",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
            + "'y':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}",
        "{'x':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}",
        "{'x':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}",
        "{'x':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,8]}}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':['0','8']}}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,99999999999999999999]}}",
        "{'x':{'dtype':'Q7','shape':[2],'data_offsets':[0,8]}}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'x':{}}",
        "{'x':{}}",
        "[1]",
        "{'x'"
      })
  void shouldRefuseAHostileHeader(String header) throws IOException {
    Path file = file(header.replace('\'', '"'), new byte[8]);

    assertThatThrownBy(() -> SafetensorsReader.open(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("is no valid safetensors file");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 9, 1L << 40, Long.MAX_VALUE})
  void shouldRefuseAHeaderLength_whenTheFileCannotHoldIt(long length) throws IOException {
    Path file = folder.resolve("length.safetensors");
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(length).array());

    assertThatThrownBy(() -> SafetensorsReader.open(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("its header claims");
  }

  @Test
  void shouldSaySo_whenTheFileIsMissingOrEmpty() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThatThrownBy(() -> SafetensorsReader.open(empty)).hasMessageContaining("it has 0 bytes");
    assertThatThrownBy(() -> SafetensorsReader.open(folder.resolve("none")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("is missing");
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json).put(data);
    return Files.write(folder.resolve("file.safetensors"), bytes.array());
  }
}
