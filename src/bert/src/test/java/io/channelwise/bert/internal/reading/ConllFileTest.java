package io.channelwise.bert.internal.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.channelwise.bert.DatasetException;
import io.channelwise.bert.internal.reading.ConllFile.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConllFileTest {
  @TempDir Path folder;

  @Test
  void shouldReadWordsAndTags_whenColumnsAreSeparatedByTabsOrBlanks() throws IOException {
    for (String separator : List.of("\t", " ", "  ")) {
      Path file =
          write("\uFEFFAnn|B-PER\nLee|I-PER\n|\nin|O\n#Rome|B-LOC\n\n\n".replace("|", separator));
      assertThat(ConllFile.read(file, 0, 0).sentences())
          .containsExactly(
              new Sentence(List.of("Ann", "Lee"), List.of("B-PER", "I-PER")),
              new Sentence(List.of("in", "#Rome"), List.of("O", "B-LOC")));
      assertThat(ConllFile.readWords(file, 0).sentences().get(1).words())
          .containsExactly("in", "#Rome");
    }
  }

  @Test
  void shouldLeaveOutNumbersAndComments_whenThereAreMoreColumns() throws IOException {
    Path file =
        write("# sent_id = 1\n# text = 他在北京\n1\t他\tO\t-\t-\n2\t在\tO\t-\t-\n3\t北京\tB-LOC\t-\tann\n");
    Sentence expected = new Sentence(List.of("他", "在", "北京"), List.of("O", "O", "B-LOC"));
    assertThat(ConllFile.read(file, 0, 0).sentences()).containsExactly(expected);
    assertThat(ConllFile.read(file, 2, 3).sentences()).containsExactly(expected);
  }

  @Test
  void shouldTakeTheLastColumnOfTags_whenChunksStandBefore() throws IOException {
    Path file =
        write(
            "-DOCSTART- -X- -X- O\n\nU.N. NNP B-NP B-ORG\nofficial NN I-NP O\nEkeus NNP I-NP B-PER\n");
    assertThat(ConllFile.read(file, 0, 0).sentences().get(0).tags())
        .containsExactly("B-ORG", "O", "B-PER");
    assertThat(ConllFile.read(file, 0, 3).sentences().get(0).tags())
        .containsExactly("B-NP", "I-NP", "I-NP");
  }

  @ParameterizedTest
  @CsvSource({
    "I-A I-A O I-A B-A, B-A I-A O B-A B-A, are IOB1 and were converted",
    "B-A E-A S-B O S-A, B-A I-A B-B O B-A, are IOBES and were converted",
    "B-A L-A U-B O U-A, B-A I-A B-B O B-A, are IOBES and were converted",
    "B-A I-A I-B O I-A, B-A I-A B-B O B-A, 2 tags I-KIND follow no word of the kind"
  })
  void shouldGiveIob2_whenTheTagsAreOfAnotherScheme(String tags, String expected, String remark)
      throws IOException {
    ConllFile file = ConllFile.read(write("w " + tags.replace(" ", "\nw ") + "\n"), 0, 0);
    assertThat(file.sentences().get(0).tags()).containsExactly(expected.split(" "));
    assertThat(file.remarks()).singleElement().asString().contains(remark);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a\\tO\\nb\\n | line 2 has 1 columns; its first word has 2, separated by tabs",
        "a\\tO\\nb\\tO\\tO\\n | line 2 has 3 columns; its first word has 2",
        "a\\tO\\nb\\tPER\\n | line 2 has the tag 'PER' in column 2; expected O, B-KIND or I-KIND",
        "a\\nb\\n | has one column; expected a word and its tag",
        "a\\tO\\n \\tO\\n | line 2 has no word in column 1",
        "# only\\n\\n | holds no words"
      })
  void shouldNameTheLine_whenItIsMalformed(String content, String message) throws IOException {
    Path file = write(content.replace("\\t", "\t").replace("\\n", "\n"));
    assertThatThrownBy(() -> ConllFile.read(file, 0, 0))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldCountTheColumns_whenAskedForOneThatIsNotThere() throws IOException {
    Path file = write("a\tO\n");
    assertThatThrownBy(() -> ConllFile.read(file, 0, 3))
        .hasMessageContaining("has 2 columns; --label-column asks for number 3");
  }

  /** Counts of the task's paper (Derczynski et al. 2017) and, of UNER, by grep. */
  @ParameterizedTest
  @CsvSource({
    "wnut17/wnut17train.conll, 3394, 62730, 1975",
    "wnut17/emerging.dev.conll, 1009, 15733, 836",
    "wnut17/emerging.test.annotated, 1287, 23394, 1079",
    "uner-zh-gsdsimp/zh_gsdsimp-ud-train.iob2, 3997, 98616, 6118",
    "uner-zh-gsdsimp/zh_gsdsimp-ud-dev.iob2, 500, 12663, 753",
    "uner-zh-gsdsimp/zh_gsdsimp-ud-test.iob2, 500, 12012, 763"
  })
  void shouldReadPublishedFiles(String name, int sentences, int words, int entities) {
    Path file = Path.of("../../../shared/data").resolve(name);
    assumeThat(file).as("published data beside the checkout").exists();

    ConllFile conll = ConllFile.read(file, 0, 0);

    assertThat(conll.remarks()).isEmpty();
    assertThat(conll.sentences()).hasSize(sentences);
    assertThat(conll.sentences().stream().mapToInt(s -> s.words().size()).sum()).isEqualTo(words);
    assertThat(
            conll.sentences().stream()
                .flatMap(s -> s.tags().stream())
                .filter(tag -> tag.startsWith("B-"))
                .count())
        .isEqualTo(entities);
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("file.conll"), content);
  }
}
