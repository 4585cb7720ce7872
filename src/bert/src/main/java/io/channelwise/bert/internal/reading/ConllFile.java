package io.channelwise.bert.internal.reading;

import io.channelwise.bert.DatasetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Words in columns, as the CoNLL shared tasks have them: one word a line with its tag in some
 * column, separated by tabs or blanks, a blank line after each sentence, lines of comment that
 * begin with {@code #}.
 *
 * @param sentences words and tags of each sentence
 * @param remarks what was noticed on the way, for people
 */
public record ConllFile(List<Sentence> sentences, List<String> remarks) {
  private static final Pattern TAG = Pattern.compile("O|[BIESLU]-.+");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+([-.][0-9]+)?");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern TAB = Pattern.compile("\t");
  private static final String DOCUMENT = "-DOCSTART-";

  /** Chooses the column by what it holds. */
  public static final int AUTO = 0;

  public ConllFile {
    sentences = List.copyOf(sentences);
    remarks = List.copyOf(remarks);
  }

  /**
   * One sentence.
   *
   * @param tags as many as words, in IOB2; empty when none were asked for
   */
  public record Sentence(List<String> words, List<String> tags) {
    public Sentence {
      words = List.copyOf(words);
      tags = List.copyOf(tags);
    }
  }

  private record Line(int number, String[] cells) {}

  /** The lines of words, by sentence, and how many columns each has. */
  private record Lines(Path file, int width, List<List<Line>> sentences, Optional<String> remark) {}

  /**
   * Reads words and tags. Tags in IOB1, IOBES and BILOU become IOB2.
   *
   * @param wordColumn from 1; {@link #AUTO} takes the first that does not number the words
   * @param tagColumn from 1; {@link #AUTO} takes the last that holds tags only
   * @throws DatasetException when the file is missing, empty or malformed
   */
  public static ConllFile read(Path file, int wordColumn, int tagColumn) {
    Lines lines = lines(file);
    int tags = tagColumn == AUTO ? tagColumn(lines) : checked(lines, tagColumn, "--label-column");
    int words = wordColumn == AUTO ? wordColumn(lines, tags) : column(lines, wordColumn);
    List<List<String>> raw = new ArrayList<>();
    for (List<Line> sentence : lines.sentences()) {
      sentence.forEach(line -> requireTag(lines, line, tags));
      raw.add(sentence.stream().map(line -> line.cells()[tags].strip()).toList());
    }
    TagScheme.Converted converted = TagScheme.toIob2(raw);
    List<Sentence> sentences = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      sentences.add(
          new Sentence(words(lines, lines.sentences().get(i), words), converted.tags().get(i)));
    }
    List<String> remarks = new ArrayList<>(lines.remark().stream().toList());
    converted.remark().ifPresent(remark -> remarks.add("File " + file + ": " + remark));
    return new ConllFile(sentences, remarks);
  }

  /**
   * Reads words alone; the file needs no tags.
   *
   * @param wordColumn as in {@link #read}
   */
  public static ConllFile readWords(Path file, int wordColumn) {
    Lines lines = lines(file);
    int words = wordColumn == AUTO ? wordColumn(lines, -1) : column(lines, wordColumn);
    return new ConllFile(
        lines.sentences().stream()
            .map(sentence -> new Sentence(words(lines, sentence, words), List.of()))
            .toList(),
        lines.remark().stream().toList());
  }

  private static List<String> words(Lines lines, List<Line> sentence, int column) {
    List<String> words = new ArrayList<>();
    for (Line line : sentence) {
      String word = line.cells()[column].strip();
      if (word.isEmpty()) {
        throw new DatasetException(
            "File %s, line %d has no word in column %d. Remove the line or name the column with --text-column."
                .formatted(lines.file(), line.number(), column + 1));
      }
      words.add(word);
    }
    return words;
  }

  private static Lines lines(Path file) {
    TextFile content = TextFile.read(file);
    List<String> all = content.text().lines().toList();
    String first =
        all.stream()
            .filter(line -> isWord(line) && !line.startsWith("#"))
            .findFirst()
            .orElseThrow(
                () ->
                    new DatasetException(
                        "File "
                            + file
                            + " holds no words; expected one word a line with its tag, and a blank"
                            + " line after each sentence."));
    Pattern separator = first.contains("\t") ? TAB : BLANKS;
    int width = cells(separator, first).length;
    List<List<Line>> sentences = new ArrayList<>();
    List<Line> sentence = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String line = all.get(i);
      String[] cells = cells(separator, line);
      if (!isWord(line)) {
        close(sentences, sentence);
        sentence = new ArrayList<>();
      } else if (!isComment(line, cells, width)) {
        if (cells.length != width) {
          throw new DatasetException(
              "File %s, line %d has %d columns; its first word has %d, separated by %s. Correct the line, or begin it with # if it is a comment.%s"
                  .formatted(
                      file,
                      i + 1,
                      cells.length,
                      width,
                      separator == TAB ? "tabs" : "blanks",
                      csvHint(file)));
        }
        sentence.add(new Line(i + 1, cells));
      }
    }
    close(sentences, sentence);
    return new Lines(file, width, sentences, content.remark());
  }

  private static void close(List<List<Line>> sentences, List<Line> sentence) {
    if (!sentence.isEmpty()) {
      sentences.add(sentence);
    }
  }

  private static boolean isWord(String line) {
    return !line.isBlank() && !line.startsWith(DOCUMENT);
  }

  /** Words such as {@code #hashtag} have as many columns as the others, and a tag. */
  private static boolean isComment(String line, String[] cells, int width) {
    boolean word = cells.length == width && (width == 1 || hasTag(cells));
    return line.startsWith("#") && !word;
  }

  private static boolean hasTag(String[] cells) {
    for (int c = 1; c < cells.length; c++) {
      if (TAG.matcher(cells[c].strip()).matches()) {
        return true;
      }
    }
    return false;
  }

  private static String[] cells(Pattern separator, String line) {
    return separator.split(separator == BLANKS ? line.strip() : line, -1);
  }

  /** The last column with nothing but tags, else the one with the fewest other values. */
  private static int tagColumn(Lines lines) {
    if (lines.width() == 1) {
      throw new DatasetException(
          "File %s has one column; expected a word and its tag in each line, separated by a tab or a blank.%s"
              .formatted(lines.file(), csvHint(lines.file())));
    }
    int best = 1;
    long fewest = Long.MAX_VALUE;
    for (int column = 1; column < lines.width(); column++) {
      int c = column;
      long others =
          lines.sentences().stream()
              .flatMap(List::stream)
              .filter(line -> !TAG.matcher(line.cells()[c].strip()).matches())
              .count();
      if (others <= fewest) {
        fewest = others;
        best = column;
      }
    }
    return best;
  }

  private static int wordColumn(Lines lines, int tagColumn) {
    boolean numbered =
        lines.width() > (tagColumn < 0 ? 1 : 2)
            && tagColumn != 1
            && lines.sentences().stream()
                .allMatch(
                    sentence ->
                        sentence.get(0).cells()[0].startsWith("1")
                            && sentence.stream()
                                .allMatch(line -> NUMBER.matcher(line.cells()[0]).matches()));
    return numbered ? 1 : 0;
  }

  private static int column(Lines lines, int fromOne) {
    return checked(lines, fromOne, "--text-column");
  }

  private static int checked(Lines lines, int fromOne, String option) {
    if (fromOne < 1 || fromOne > lines.width()) {
      throw new DatasetException(
          "File %s has %d columns; %s asks for number %d."
              .formatted(lines.file(), lines.width(), option, fromOne));
    }
    return fromOne - 1;
  }

  private static void requireTag(Lines lines, Line line, int column) {
    String tag = line.cells()[column].strip();
    if (!TAG.matcher(tag).matches()) {
      throw new DatasetException(
          "File %s, line %d has the tag '%s' in column %d; expected O, B-KIND or I-KIND. Correct it, or name the column of the tags with --label-column.%s"
              .formatted(lines.file(), line.number(), tag, column + 1, csvHint(lines.file())));
    }
  }

  private static String csvHint(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")
        ? " CSV files are for the tasks sequence, pair and multi-label."
        : "";
  }
}
