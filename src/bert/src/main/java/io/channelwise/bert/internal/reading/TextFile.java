package io.channelwise.bert.internal.reading;

import io.channelwise.bert.DatasetException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The characters of a file: UTF-8 with or without BOM, else GB18030. */
final class TextFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextFile() {}

  /**
   * Reads a whole file.
   *
   * @throws DatasetException when it is missing, unreadable or no text
   */
  static String read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DatasetException(
          "File " + file + (Files.exists(file) ? " cannot be read." : " does not exist."));
    }
    for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
      try {
        String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      } catch (CharacterCodingException e) {
        // The next encoding may fit.
      }
    }
    throw new DatasetException(
        "File " + file + " is neither UTF-8 nor GB18030 text; save it as UTF-8.");
  }
}
