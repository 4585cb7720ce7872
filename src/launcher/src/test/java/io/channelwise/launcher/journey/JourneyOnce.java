package io.channelwise.launcher.journey;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link Journey}, run once for all classes that ask for it. */
final class JourneyOnce implements ParameterResolver {

  private record Kept(Journey journey) implements CloseableResource {
    @Override
    public void close() {
      journey.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Journey.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(JourneyOnce.class))
        .getOrComputeIfAbsent(Journey.class, key -> new Kept(Journey.run()), Kept.class)
        .journey();
  }
}
