package io.channelwise.bert.internal.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.internal.files.TokenizerFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
    DjlOffline.ensure();
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
        cut += ids.length > maxLength ? 1 : 0;
        result.add(single(ids, maxLength));
      }
    }
    return new Encoded(List.copyOf(result), cut);
  }

  /**
   * Encodes examples of one text or two. Two are joined as {@code [CLS] first [SEP] second [SEP]},
   * cut as {@link PairCut} says.
   */
  Encoded encodeTexts(List<List<String>> inputs, int maxLength) {
    List<TokenIds> parts =
        encode(inputs.stream().flatMap(List::stream).toList(), Integer.MAX_VALUE).ids();
    List<TokenIds> result = new ArrayList<>(inputs.size());
    int cut = 0;
    int next = 0;
    for (List<String> texts : inputs) {
      int[] first = parts.get(next++).ids();
      int[] second = texts.size() == 2 ? parts.get(next++).ids() : null;
      TokenIds whole = second == null ? single(first, maxLength) : pair(first, second, maxLength);
      int tokens = second == null ? first.length : first.length + second.length - 1;
      cut += whole.length() < tokens ? 1 : 0;
      result.add(whole);
    }
    return new Encoded(List.copyOf(result), cut);
  }

  private static TokenIds single(int[] ids, int maxLength) {
    if (ids.length <= maxLength) {
      return TokenIds.single(ids);
    }
    int[] kept = Arrays.copyOf(ids, maxLength);
    kept[maxLength - 1] = ids[ids.length - 1];
    return TokenIds.single(kept);
  }

  /** Both texts bring an opening marker, which the second loses, and a closing one. */
  private static TokenIds pair(int[] first, int[] second, int maxLength) {
    PairCut kept = PairCut.of(first.length - 2, second.length - 2, maxLength - 3);
    int[] ids = new int[kept.first() + kept.second() + 3];
    System.arraycopy(first, 0, ids, 0, kept.first() + 1);
    ids[kept.first() + 1] = first[first.length - 1];
    System.arraycopy(second, 1, ids, kept.first() + 2, kept.second());
    ids[ids.length - 1] = second[second.length - 1];
    return new TokenIds(ids, kept.first() + 2);
  }

  /** Encodes sentences word by word; a long one is read in windows, as {@link Windows} says. */
  Inputs encodeWords(List<List<String>> sentences, int maxLength) {
    Map<String, int[]> pieces = pieces(sentences);
    int[] markers = encode(List.of(""), Integer.MAX_VALUE).ids().get(0).ids();
    Windows windows = new Windows(markers[0], markers[1], maxLength);
    List<TokenIds> ids = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    int longOnes = 0;
    for (int s = 0; s < sentences.size(); s++) {
      List<TokenIds> parts = windows.of(sentences.get(s).stream().map(pieces::get).toList());
      longOnes += parts.size() > 1 ? 1 : 0;
      for (TokenIds part : parts) {
        ids.add(part);
        owners.add(s);
      }
    }
    return new Inputs(
        ids, owners.stream().mapToInt(Integer::intValue).toArray(), sentences.size(), longOnes);
  }

  /** The tokens of each different word, without markers. */
  private Map<String, int[]> pieces(List<List<String>> sentences) {
    List<String> words = sentences.stream().flatMap(List::stream).distinct().toList();
    List<TokenIds> encoded = encode(words, Integer.MAX_VALUE).ids();
    Map<String, int[]> pieces = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      int[] ids = encoded.get(i).ids();
      pieces.put(words.get(i), Arrays.copyOfRange(ids, 1, ids.length - 1));
    }
    return pieces;
  }

  /** The tokens of one text without markers, not cut, and where in the text they are. */
  public List<Piece> pieces(String text) {
    Encoding encoding = tokenizer.encode(text, false, false);
    CharSpan[] spans = encoding.getCharTokenSpans();
    List<Piece> result = new ArrayList<>(spans.length);
    int point = 0;
    int index = 0;
    for (int i = 0; i < spans.length; i++) {
      // The spans count code points and never go back.
      index = text.offsetByCodePoints(index, spans[i].getStart() - point);
      point = spans[i].getStart();
      int end = text.offsetByCodePoints(index, spans[i].getEnd() - point);
      int id = Math.toIntExact(encoding.getIds()[i]);
      result.add(new Piece(id, Math.toIntExact(encoding.getWordIds()[i]), index, end));
    }
    return result;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
