package io.channelwise.server.engine;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Puts models, groups and accounts into the engine before the server answers, one server of a
 * cluster at a time.
 */
@Component
class EngineStart implements SmartInitializingSingleton {
  private final ClusterLock lock;
  private final ProcessDeployment deployment;
  private final Groups groups;
  private final Accounts accounts;
  private final TaskFilters filters;

  EngineStart(
      ClusterLock lock,
      ProcessDeployment deployment,
      Groups groups,
      Accounts accounts,
      TaskFilters filters) {
    this.lock = lock;
    this.deployment = deployment;
    this.groups = groups;
    this.accounts = accounts;
    this.filters = filters;
  }

  @Override
  public void afterSingletonsInstantiated() {
    lock.hold(
        "start",
        () -> {
          deployment.deploy();
          groups.create();
          accounts.create();
          filters.create();
          return null;
        });
  }
}
