package io.channelwise.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a topic takes, gives and may refuse, as {@code topics.txt} lists it.
 *
 * @param inputs type by variable name; a type that ends with {@code ?} may be null
 * @param outputs type by variable name
 * @param errorCodes the BPMN errors a worker of this topic may report
 */
record Topic(
    String name, Map<String, String> inputs, Map<String, String> outputs, Set<String> errorCodes) {

  private static final Map<String, Topic> ALL = read();

  static Map<String, Topic> all() {
    return ALL;
  }

  private static Map<String, Topic> read() {
    Map<String, Topic> topics = new LinkedHashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Topic.class.getResourceAsStream("/topics.txt"), StandardCharsets.UTF_8))) {
      for (String line : reader.lines().filter(l -> !l.startsWith("#")).toList()) {
        List<String> cells = new ArrayList<>(Arrays.asList(line.split("\\|", -1)));
        String name = cells.get(0).trim();
        topics.put(
            name,
            new Topic(
                name,
                variables(cells.get(1)),
                variables(cells.get(2)),
                new TreeSet<>(words(cells.get(3)))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return topics;
  }

  private static Map<String, String> variables(String cell) {
    return words(cell).stream()
        .map(word -> word.split(":"))
        .collect(Collectors.toMap(p -> p[0], p -> p[1], (a, b) -> b, LinkedHashMap::new));
  }

  private static List<String> words(String cell) {
    return cell.isBlank() ? List.of() : List.of(cell.trim().split(" +"));
  }
}
