package io.channelwise.bert.internal.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.internal.files.TokenizerFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Turns texts into token ids, markers included, cut to a length. Safe for many threads. */
public final class TextEncoder implements AutoCloseable {
  private static final int CHUNK = 1024;

  /** Padding and truncation are ours: some files bring their own, at 128 tokens. */
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "true", "padding", "false", "truncation", "false");

  private final HuggingFaceTokenizer tokenizer;

  /**
   * The ids of texts.
   *
   * @param ids one input a text
   * @param cut how many texts were longer than allowed
   */
  public record Encoded(List<TokenIds> ids, int cut) {}

  /**
   * Loads {@code tokenizer.json} of the folder, or {@code vocab.txt} where there is none.
   *
   * @throws ModelFormatException when there is neither, or it cannot be read
   */
  public TextEncoder(Path folder) {
    String json = TokenizerFile.read(folder);
    try (InputStream in = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))) {
      tokenizer = HuggingFaceTokenizer.newInstance(in, OPTIONS);
    } catch (IOException | RuntimeException e) {
      throw new ModelFormatException(
          "The tokenizer of " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Encodes texts; a longer one keeps its beginning and its closing marker. */
  public Encoded encode(List<String> texts, int maxLength) {
    List<TokenIds> result = new ArrayList<>(texts.size());
    int cut = 0;
    for (int from = 0; from < texts.size(); from += CHUNK) {
      List<String> chunk = texts.subList(from, Math.min(from + CHUNK, texts.size()));
      for (Encoding encoding : tokenizer.batchEncode(chunk)) {
        int[] ids = Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
        if (ids.length > maxLength) {
          int last = ids[ids.length - 1];
          ids = Arrays.copyOf(ids, maxLength);
          ids[maxLength - 1] = last;
          cut++;
        }
        result.add(TokenIds.single(ids));
      }
    }
    return new Encoded(List.copyOf(result), cut);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
