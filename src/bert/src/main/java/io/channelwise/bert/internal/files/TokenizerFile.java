package io.channelwise.bert.internal.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The tokenizer's files of a model folder. */
public final class TokenizerFile {
  /** The tokenizer itself. */
  public static final String FILE = "tokenizer.json";

  private static final String SETTINGS_FILE = "tokenizer_config.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenizerFile() {}

  /**
   * Writes {@code tokenizer.json} without the padding and truncation some files come with, which
   * would silently cut every text at 128 tokens, and the {@code tokenizer_config.json} that Hugging
   * Face reads beside it.
   */
  public static void convert(String source, InputStream tokenizer, int maxPositions, Path folder)
      throws IOException {
    JsonNode node;
    try {
      node = JSON.readTree(tokenizer);
    } catch (IOException e) {
      throw new ModelFormatException(source + " is no tokenizer.json: " + e.getMessage(), e);
    }
    if (!(node instanceof ObjectNode object) || !object.path("model").has("vocab")) {
      throw new ModelFormatException(source + " is no tokenizer.json: it has no model.vocab.");
    }
    object.putNull("truncation");
    object.putNull("padding");
    JSON.writeValue(folder.resolve(FILE).toFile(), object);
    ObjectNode settings = JSON.createObjectNode();
    settings.put("tokenizer_class", "BertTokenizerFast");
    settings.put("do_lower_case", object.path("normalizer").path("lowercase").asBoolean(true));
    settings.put("model_max_length", maxPositions);
    settings.put("unk_token", "[UNK]");
    settings.put("sep_token", "[SEP]");
    settings.put("pad_token", "[PAD]");
    settings.put("cls_token", "[CLS]");
    settings.put("mask_token", "[MASK]");
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve(SETTINGS_FILE).toFile(), settings);
  }

  /** Copies the tokenizer of one model folder into another. */
  public static void copy(Path from, Path to) throws IOException {
    for (String name : new String[] {FILE, SETTINGS_FILE}) {
      if (Files.exists(from.resolve(name))) {
        Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
