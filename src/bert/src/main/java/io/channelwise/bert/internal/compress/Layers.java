package io.channelwise.bert.internal.compress;

import io.channelwise.bert.internal.files.TensorFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Students made of some of a teacher's layers. */
public final class Layers {
  private static final Pattern LAYER = Pattern.compile("(bert\\.)?encoder\\.layer\\.(\\d+)\\.(.+)");

  private Layers() {}

  /**
   * Which layers of the teacher a student takes: evenly spaced, the first and the last among them,
   * which for 12 and 6 are those of DistilBERT (Sanh et al. 2019, <a
   * href="https://arxiv.org/abs/1910.01108">1910.01108</a>). Of one layer, the first.
   *
   * @param teacher layers of the teacher
   * @param student layers of the student, 1 to {@code teacher}
   */
  public static List<Integer> chosen(int teacher, int student) {
    if (student == 1) {
      return List.of(0);
    }
    return IntStream.range(0, student)
        .mapToObj(i -> (int) Math.round((double) i * (teacher - 1) / (student - 1)))
        .toList();
  }

  /** Writes a model with these layers of another, its embeddings and its head. */
  public static void write(Path teacher, List<Integer> layers, Path folder) throws IOException {
    Map<Integer, Integer> place = new TreeMap<>();
    layers.forEach(layer -> place.put(layer, place.size()));
    try (TensorFiles files = TensorFiles.open(teacher)) {
      FolderEdit edit = new FolderEdit(teacher, files);
      files.names().stream().filter(name -> LAYER.matcher(name).matches()).forEach(edit::drop);
      for (String name : files.names()) {
        Matcher parts = LAYER.matcher(name);
        if (parts.matches() && place.containsKey(Integer.valueOf(parts.group(2)))) {
          String prefix = parts.group(1) == null ? "" : parts.group(1);
          int layer = place.get(Integer.valueOf(parts.group(2)));
          edit.rename(name, prefix + "encoder.layer." + layer + "." + parts.group(3));
        }
      }
      edit.write(folder, config -> config.put("num_hidden_layers", layers.size()));
    }
  }
}
