package io.channelwise.bert.internal.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The tokenizer's files of a model folder. */
public final class TokenizerFile {
  /** The tokenizer itself. */
  public static final String FILE = "tokenizer.json";

  static final String SETTINGS_FILE = "tokenizer_config.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of the multilingual BERT it takes 3 MB. */
  private static final long BYTES_MAX = 64L << 20;

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
    writeSettings(object, maxPositions, folder);
  }

  /**
   * The tokenizer of a model folder as JSON: its {@code tokenizer.json}, or one built from its
   * {@code vocab.txt}.
   *
   * @throws ModelFormatException when there is neither, or it cannot be read
   */
  public static String read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file) && Files.isRegularFile(folder.resolve(VocabularyFile.FILE))) {
      return VocabularyFile.tokenizer(folder).toString();
    }
    SizeLimit.require(file, "the tokenizer of a BERT", BYTES_MAX);
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ModelFormatException(
          "Folder "
              + folder
              + " holds neither tokenizer.json nor vocab.txt; save the model's tokenizer there.",
          e);
    } catch (IOException e) {
      throw new ModelFormatException("File " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void writeSettings(ObjectNode object, int maxPositions, Path folder)
      throws IOException {
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

  /**
   * Copies the tokenizer of one model folder into another, where it is a {@code tokenizer.json}.
   *
   * @param maxPositions longest input, told where the source has no settings of its own
   */
  public static void copy(Path from, int maxPositions, Path to) throws IOException {
    String json = read(from);
    Files.writeString(to.resolve(FILE), json);
    if (Files.exists(from.resolve(SETTINGS_FILE))) {
      Files.copy(
          from.resolve(SETTINGS_FILE),
          to.resolve(SETTINGS_FILE),
          StandardCopyOption.REPLACE_EXISTING);
    } else {
      writeSettings((ObjectNode) JSON.readTree(json), maxPositions, to);
    }
  }
}
