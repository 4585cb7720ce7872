package io.channelwise.server.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.ProcessEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys all models, decisions and forms as one deployment, so that they bind to each other by
 * {@code deployment}; when nothing changed since the last start, nothing is deployed.
 */
@Component
class ProcessDeployment {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessDeployment.class);
  private static final String NAME = "channelwise";
  private static final String PATTERN = "classpath*:processes/**/*.*";

  private final ProcessEngine engine;

  ProcessDeployment(ProcessEngine engine) {
    this.engine = engine;
  }

  void deploy() {
    Map<String, Resource> resources = resources();
    if (resources.isEmpty()) {
      throw new IllegalStateException(
          "No process models found under processes/ on the class path. Build the module processes first.");
    }
    var builder =
        engine
            .getRepositoryService()
            .createDeployment()
            .name(NAME)
            // All or nothing: one changed file makes a new deployment of all of them.
            .enableDuplicateFiltering(false);
    resources.forEach(
        (name, resource) -> {
          try (InputStream in = resource.getInputStream()) {
            builder.addInputStream(name, in);
          } catch (IOException e) {
            throw new UncheckedIOException("Model " + resource + " cannot be read", e);
          }
        });
    var deployment = builder.deploy();
    LOG.info("models deployed id={} files={}", deployment.getId(), resources.size());
  }

  private static Map<String, Resource> resources() {
    Map<String, Resource> byName = new TreeMap<>();
    try {
      for (Resource resource : new PathMatchingResourcePatternResolver().getResources(PATTERN)) {
        String name = resource.getFilename();
        if (name == null || !name.matches(".+\\.(bpmn|dmn|form|html)")) {
          continue;
        }
        Resource other = byName.put(name, resource);
        if (other != null) {
          throw new IllegalStateException(
              "Two files are named %s: %s and %s. Rename one; forms and models bind by file name."
                  .formatted(name, other, resource));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The models under processes/ cannot be listed", e);
    }
    return byName;
  }
}
