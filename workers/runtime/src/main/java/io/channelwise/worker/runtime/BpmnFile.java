package io.channelwise.worker.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What {@link ContractCheck} needs of one BPMN file. */
record BpmnFile(String name, Set<String> processKeys, List<ExternalTask> tasks, List<Call> calls) {
  /** Stands for an error event without a code: it catches each. */
  static final String ANY = "*";

  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

  /**
   * @param caughtAtTask error codes of boundary events on the task
   * @param caught those, and the codes caught in the scopes around it
   */
  record ExternalTask(
      String id,
      String topic,
      Set<String> inputs,
      Set<String> outputs,
      Set<String> caughtAtTask,
      Set<String> caught) {}

  /** A call activity and the error codes caught on it and around it. */
  record Call(String calledProcess, Set<String> caught) {}

  static List<BpmnFile> onClasspath(String folder) throws IOException {
    List<BpmnFile> files = new ArrayList<>();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    for (URL url : Collections.list(loader.getResources(folder))) {
      URI uri = uri(url);
      if (!url.getProtocol().equals("jar")) {
        files.addAll(readAll(Path.of(uri)));
        continue;
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        files.addAll(readAll(jar.getPath(folder)));
      } catch (FileSystemAlreadyExistsException e) {
        files.addAll(readAll(FileSystems.getFileSystem(uri).getPath(folder)));
      }
    }
    return files;
  }

  private static URI uri(URL url) throws IOException {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IOException("Not a readable place on the class path: " + url, e);
    }
  }

  private static List<BpmnFile> readAll(Path root) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = walk.filter(path -> path.toString().endsWith(".bpmn")).sorted().toList();
    }
    List<BpmnFile> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(read(path));
    }
    return files;
  }

  static BpmnFile read(Path path) throws IOException {
    Element root = parse(path).getDocumentElement();
    Map<String, String> codes = new HashMap<>();
    for (Element error : elements(root, "error")) {
      codes.put(error.getAttribute("id"), error.getAttribute("errorCode"));
    }
    Set<String> keys = new TreeSet<>();
    elements(root, "process").forEach(process -> keys.add(process.getAttribute("id")));
    List<ExternalTask> tasks = new ArrayList<>();
    for (String kind : List.of("serviceTask", "sendTask", "businessRuleTask")) {
      for (Element task : elements(root, kind)) {
        if (task.getAttributeNS(CAMUNDA, "type").equals("external")) {
          tasks.add(
              new ExternalTask(
                  task.getAttribute("id"),
                  task.getAttributeNS(CAMUNDA, "topic"),
                  parameters(task, "inputParameter"),
                  parameters(task, "outputParameter"),
                  boundaryCodes(task, codes),
                  caughtAround(task, codes)));
        }
      }
    }
    List<Call> calls = new ArrayList<>();
    for (Element call : elements(root, "callActivity")) {
      calls.add(new Call(call.getAttribute("calledElement"), caughtAround(call, codes)));
    }
    return new BpmnFile(path.getFileName().toString(), keys, tasks, calls);
  }

  private static Document parse(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(in);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(path + " is not readable as BPMN: " + e.getMessage(), e);
    }
  }

  /** Direct parameters of the activity, not those of listeners or scripts inside. */
  private static Set<String> parameters(Element activity, String kind) {
    Set<String> names = new TreeSet<>();
    NodeList found = activity.getElementsByTagNameNS(CAMUNDA, kind);
    for (int i = 0; i < found.getLength(); i++) {
      names.add(((Element) found.item(i)).getAttribute("name"));
    }
    return names;
  }

  private static Set<String> caughtAround(Element activity, Map<String, String> codes) {
    Set<String> caught = new TreeSet<>(boundaryCodes(activity, codes));
    for (Node scope = activity.getParentNode();
        scope instanceof Element element;
        scope = scope.getParentNode()) {
      caught.addAll(boundaryCodes(element, codes));
      for (Element sub : children(element, "subProcess")) {
        if (sub.getAttribute("triggeredByEvent").equals("true")) {
          children(sub, "startEvent").forEach(start -> caught.addAll(errorCodes(start, codes)));
        }
      }
    }
    return caught;
  }

  private static Set<String> boundaryCodes(Element activity, Map<String, String> codes) {
    Set<String> caught = new TreeSet<>();
    if (activity.getParentNode() instanceof Element scope) {
      for (Element event : children(scope, "boundaryEvent")) {
        if (event.getAttribute("attachedToRef").equals(activity.getAttribute("id"))) {
          caught.addAll(errorCodes(event, codes));
        }
      }
    }
    return caught;
  }

  private static Set<String> errorCodes(Element event, Map<String, String> codes) {
    Set<String> found = new TreeSet<>();
    for (Element definition : children(event, "errorEventDefinition")) {
      String reference = definition.getAttribute("errorRef");
      reference = reference.substring(reference.indexOf(':') + 1);
      String code = codes.getOrDefault(reference, "");
      found.add(code.isEmpty() ? ANY : code);
    }
    return found;
  }

  private static List<Element> elements(Element root, String name) {
    NodeList found = root.getElementsByTagNameNS(BPMN, name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> elements = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element
          && BPMN.equals(element.getNamespaceURI())
          && name.equals(element.getLocalName())) {
        elements.add(element);
      }
    }
    return elements;
  }
}
