package io.channelwise.bert.internal.reading;

import io.channelwise.bert.DatasetException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The characters of a file: UTF-8 with or without BOM, else GB18030.
 *
 * @param remark what people should know of the reading, if anything
 */
record TextFile(String text, Optional<String> remark) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * Reads a whole file.
   *
   * @throws DatasetException when it is missing, unreadable or no text
   */
  static TextFile read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DatasetException(
          Files.isDirectory(file)
              ? file + " is a folder; name a file in it."
              : "File " + file + (Files.exists(file) ? " cannot be read." : " does not exist."));
    }
    try {
      String text = decoded(bytes, StandardCharsets.UTF_8);
      return new TextFile(
          text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text, Optional.empty());
    } catch (CharacterCodingException e) {
      // The next encoding may fit.
    }
    try {
      // Nearly any bytes are characters of it, so what was meant may be another.
      return new TextFile(
          decoded(bytes, Charset.forName("GB18030")),
          Optional.of(
              "File "
                  + file
                  + " is no UTF-8; read as GB18030. Save it as UTF-8 if texts look wrong."));
    } catch (CharacterCodingException e) {
      throw new DatasetException(
          "File " + file + " is neither UTF-8 nor GB18030 text; save it as UTF-8.");
    }
  }

  private static String decoded(byte[] bytes, Charset charset) throws CharacterCodingException {
    return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
