package io.channelwise.bert.internal.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.ModelFormatException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the {@code tokenizer.json} of a BERT from its {@code vocab.txt}, one word piece a line,
 * and the options of {@code tokenizer_config.json}, as Hugging Face's converter of slow tokenizers
 * does.
 */
final class VocabularyFile {
  static final String FILE = "vocab.txt";

  /** A vocabulary takes hundreds of kilobytes; the largest multilingual BERT's has a megabyte. */
  private static final long BYTES_MAX = 64L << 20;

  private static final List<String> MARKERS = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
  private static final ObjectMapper JSON = new ObjectMapper();

  private VocabularyFile() {}

  /**
   * The tokenizer's JSON.
   *
   * @param folder holds {@code vocab.txt}
   * @throws ModelFormatException when the file is no BERT vocabulary
   */
  static ObjectNode tokenizer(Path folder) {
    Path path = folder.resolve(FILE);
    Map<String, Integer> ids = read(path);
    JsonNode options = options(folder.resolve(TokenizerFile.SETTINGS_FILE));
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    var added = root.putArray("added_tokens");
    for (String marker : MARKERS) {
      if (ids.containsKey(marker)) {
        ObjectNode token = added.addObject();
        token.put("id", ids.get(marker)).put("content", marker).put("special", true);
        for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
          token.put(flag, false);
        }
      }
    }
    ObjectNode normalizer = root.putObject("normalizer");
    normalizer.put("type", "BertNormalizer").put("clean_text", true);
    normalizer.put("handle_chinese_chars", options.path("tokenize_chinese_chars").asBoolean(true));
    normalizer.set("strip_accents", options.path("strip_accents"));
    if (!options.path("strip_accents").isBoolean()) {
      normalizer.putNull("strip_accents");
    }
    normalizer.put("lowercase", options.path("do_lower_case").asBoolean(true));
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    markers(root.putObject("post_processor"), ids);
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    ObjectNode model = root.putObject("model");
    model.put("type", "WordPiece").put("unk_token", "[UNK]");
    model.put("continuing_subword_prefix", "##").put("max_input_chars_per_word", 100);
    model.set("vocab", JSON.valueToTree(ids));
    return root;
  }

  private static void markers(ObjectNode processor, Map<String, Integer> ids) {
    processor.put("type", "BertProcessing");
    processor.putArray("sep").add("[SEP]").add(ids.get("[SEP]"));
    processor.putArray("cls").add("[CLS]").add(ids.get("[CLS]"));
  }

  private static Map<String, Integer> read(Path path) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    SizeLimit.require(path, "the vocabulary of a BERT", BYTES_MAX);
    try {
      int line = 0;
      for (String piece : Files.readString(path).split("\n")) {
        String clean = piece.endsWith("\r") ? piece.substring(0, piece.length() - 1) : piece;
        Integer before = ids.putIfAbsent(clean, line++);
        if (before != null) {
          throw new ModelFormatException(
              "File %s has the word piece \"%s\" in lines %d and %d; expected each once."
                  .formatted(path, clean, before + 1, line));
        }
      }
    } catch (MalformedInputException e) {
      throw new ModelFormatException("File " + path + " is no UTF-8 text.", e);
    } catch (IOException e) {
      throw new ModelFormatException("File " + path + " cannot be read: " + e.getMessage(), e);
    }
    List<String> missing = MARKERS.subList(0, 4).stream().filter(m -> !ids.containsKey(m)).toList();
    if (!missing.isEmpty()) {
      throw new ModelFormatException(
          "File %s is no BERT vocabulary: it lacks %s."
              .formatted(path, String.join(", ", missing)));
    }
    return ids;
  }

  private static JsonNode options(Path path) {
    if (!Files.exists(path)) {
      return JSON.createObjectNode();
    }
    SizeLimit.require(path, "the configuration of a tokenizer", BYTES_MAX);
    try {
      return JSON.readTree(path.toFile());
    } catch (IOException e) {
      throw new ModelFormatException("File " + path + " is no JSON: " + e.getMessage(), e);
    }
  }
}
