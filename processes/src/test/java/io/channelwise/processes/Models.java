package io.channelwise.processes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;

/** The files of {@code processes/} as the server deploys them: resource name is the bare name. */
final class Models {

  private static final SortedMap<String, Path> FILES = find();

  private Models() {}

  /** Every deployable file by its bare name. */
  static SortedMap<String, Path> files() {
    return FILES;
  }

  /** The bare names with this extension, e.g. {@code .bpmn}. */
  static List<String> names(String extension) {
    return FILES.keySet().stream().filter(name -> name.endsWith(extension)).toList();
  }

  static BpmnModelInstance bpmn(String name) {
    try (InputStream in = open(name)) {
      return Bpmn.readModelFromStream(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DmnModelInstance dmn(String name) {
    try (InputStream in = open(name)) {
      return Dmn.readModelFromStream(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static InputStream open(String name) {
    try {
      return Files.newInputStream(FILES.get(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SortedMap<String, Path> find() {
    URL root = Models.class.getResource("/processes");
    if (root == null) {
      throw new IllegalStateException("No folder processes on the class path; run through Maven.");
    }
    SortedMap<String, Path> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(Path.of(root.toURI()))) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path twin = found.put(path.getFileName().toString(), path);
        if (twin != null) {
          throw new IllegalStateException(
              "Two files share one resource name: " + twin + " and " + path + "; rename one.");
        }
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("Folder processes cannot be read: " + root, e);
    }
    return found;
  }
}
