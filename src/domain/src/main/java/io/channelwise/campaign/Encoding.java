package io.channelwise.campaign;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Which characters a file's bytes stand for.
 *
 * <p>A byte order mark decides. Without one, text that is UTF-8 without a fault is UTF-8: other
 * encodings of non-ASCII text almost never pass by chance. Else it is GB18030 when it decodes
 * without a fault, nine of ten non-ASCII characters are in GB 2312, the everyday set (Latin-1 read
 * as GB18030 gives rare characters), and juniversalchardet does not name another East Asian
 * encoding. All else is mis-encoded.
 *
 * @param charset the one found, or the one the file claims to be in
 * @param bomBytes length of the byte order mark
 * @param faults where bytes do not fit the charset; empty when all do
 * @param plain whether the text is known to have neither a quotation mark nor a carriage return
 *     alone, so that each line is a row
 */
record Encoding(Charset charset, int bomBytes, List<Fault> faults, boolean plain) {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final Charset GB2312 = Charset.forName("GB2312");
  private static final Set<String> OTHER_EAST_ASIAN =
      Set.of("EUC-KR", "EUC-JP", "EUC-TW", "BIG5", "SHIFT_JIS", "ISO-2022-KR", "ISO-2022-JP");
  private static final double EVERYDAY_SHARE_MIN = 0.9;
  private static final int FAULTS_MAX = 20;
  private static final int BUFFER = 1 << 16;

  /** Bytes that do not fit, as hexadecimal, in a line counted from 1. */
  record Fault(long line, String bytes) {}

  static Encoding of(Path path) throws IOException {
    byte[] head = head(path);
    Charset marked = byBom(head);
    if (marked != null) {
      Decoded decoded = decode(path, marked);
      int bytes = marked == StandardCharsets.UTF_8 ? 3 : 2;
      return new Encoding(marked, bytes, decoded.faults(), decoded.plain());
    }
    Decoded utf8 = decode(path, StandardCharsets.UTF_8);
    if (utf8.faults().isEmpty()) {
      return new Encoding(StandardCharsets.UTF_8, 0, List.of(), utf8.plain());
    }
    return isGb18030(path)
        ? new Encoding(GB18030, 0, List.of(), false)
        : new Encoding(StandardCharsets.UTF_8, 0, utf8.faults(), false);
  }

  /** A reader after the byte order mark that fails on bytes which do not fit. */
  Reader reader(SourceFile file) throws IOException {
    InputStream bytes = new BufferedInputStream(file.open(), BUFFER);
    try {
      bytes.skipNBytes(bomBytes);
      return new InputStreamReader(bytes, strict(charset));
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private static byte[] head(Path path) throws IOException {
    try (InputStream bytes = Files.newInputStream(path)) {
      return bytes.readNBytes(3);
    }
  }

  private static Charset byBom(byte[] head) {
    String hex = HexFormat.of().formatHex(head);
    if (hex.equals("efbbbf")) {
      return StandardCharsets.UTF_8;
    }
    if (hex.startsWith("fffe")) {
      return StandardCharsets.UTF_16LE;
    }
    return hex.startsWith("feff") ? StandardCharsets.UTF_16BE : null;
  }

  private static boolean isGb18030(Path path) throws IOException {
    Decoded decoded = decode(path, GB18030);
    if (!decoded.faults().isEmpty()
        || decoded.everyday() < EVERYDAY_SHARE_MIN * decoded.nonAscii()) {
      return false;
    }
    // Of a few words the detector names odd Western or Thai sets; those fail the tests above, as
    // their words are not all of an even length. Other East Asian sets it knows well.
    String detected = UniversalDetector.detectCharset(path);
    return detected == null || !OTHER_EAST_ASIAN.contains(detected);
  }

  private static CharsetDecoder strict(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /**
   * @param nonAscii characters beyond ASCII
   * @param everyday those of them in GB 2312
   */
  private record Decoded(List<Fault> faults, long nonAscii, long everyday, boolean plain) {}

  private static Decoded decode(Path path, Charset charset) throws IOException {
    Scan scan = new Scan(charset);
    try (InputStream stream = Files.newInputStream(path)) {
      byte[] chunk = new byte[BUFFER];
      int length = stream.read(chunk);
      while (length >= 0 && scan.faults.size() < FAULTS_MAX) {
        scan.feed(chunk, length);
        length = stream.read(chunk);
      }
      scan.end();
    }
    return new Decoded(List.copyOf(scan.faults), scan.nonAscii, scan.everyday, scan.plain);
  }

  /** A strict decoding that notes faults and goes on behind them. */
  private static final class Scan {
    private final CharsetDecoder decoder;
    private final CharsetEncoder everydaySet = GB2312.newEncoder();
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER + 16);
    private final CharBuffer out = CharBuffer.allocate(BUFFER);
    private final List<Fault> faults = new ArrayList<>();
    private long line = 1;
    private char previous;
    private long nonAscii;
    private long everyday;
    private boolean plain = true;

    Scan(Charset charset) {
      decoder = strict(charset);
    }

    void feed(byte[] chunk, int length) {
      in.put(chunk, 0, length).flip();
      run(false);
      in.compact();
    }

    void end() {
      in.flip();
      run(true);
    }

    private void run(boolean last) {
      CoderResult result;
      do {
        result = decoder.decode(in, out, last);
        drain();
        if (result.isError()) {
          byte[] bad = new byte[Math.min(result.length(), in.remaining())];
          in.get(bad);
          if (faults.size() < FAULTS_MAX) {
            faults.add(new Fault(line, "0x" + HexFormat.of().withUpperCase().formatHex(bad)));
          }
        }
      } while (result.isOverflow() || result.isError());
    }

    private void drain() {
      out.flip();
      while (out.hasRemaining()) {
        char c = out.get();
        if (c == '\r' || (c == '\n' && previous != '\r')) {
          line++;
        }
        plain &= c != '"' && (previous != '\r' || c == '\n');
        if (c > 0x7f) {
          nonAscii++;
          everyday += everydaySet.canEncode(c) ? 1 : 0;
        }
        previous = c;
      }
      out.clear();
    }
  }
}
