package io.channelwise.launcher.role;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.deal.LinkSigner;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.worker.delivery.DeliverySettings;
import io.channelwise.worker.inference.InferenceSettings;
import io.channelwise.worker.training.TrainingWorkerSettings;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/** What every worker process has: its settings, the database, the ways out. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WorkerProperties.class)
@Import(DomainConfiguration.class)
class WorkerContext {

  @Bean(destroyMethod = "close")
  HikariDataSource domainDataSource(WorkerProperties properties) {
    WorkerProperties.Domain domain = properties.domain();
    HikariDataSource dataSource = new HikariDataSource();
    dataSource.setPoolName("domain");
    dataSource.setJdbcUrl(domain.jdbcUrl());
    dataSource.setUsername(domain.username());
    dataSource.setPassword(
        WorkerProperties.secret(
            "channelwise.domain.password", domain.password(), domain.passwordFile()));
    dataSource.setMaximumPoolSize(properties.workerThreads() + 2);
    dataSource.setMinimumIdle(1);
    // A database that is starting must not end the worker.
    dataSource.setInitializationFailTimeout(60_000);
    return dataSource;
  }

  @Bean
  LinkSigner linkSigner(WorkerProperties properties, Clock clock) {
    return new LinkSigner(
        WorkerProperties.secret(
            "channelwise.link-secret", properties.linkSecret(), properties.linkSecretFile()),
        clock);
  }

  @Bean
  DeliverySettings deliverySettings(WorkerProperties properties) {
    WorkerProperties.Delivery delivery = properties.delivery();
    if (delivery == null) {
      delivery = new WorkerProperties.Delivery(null, null, null, null);
    }
    Path outbox = delivery.outbox() == null ? Path.of("outbox") : delivery.outbox();
    return new DeliverySettings(
        outbox,
        smtp(delivery.smtp()),
        webhook(delivery.webhook()),
        properties.baseUrl(),
        delivery.linkValidity());
  }

  @Bean
  TrainingWorkerSettings trainingWorkerSettings(WorkerProperties properties) {
    WorkerProperties.Training training = properties.training();
    TrainingWorkerSettings defaults = TrainingWorkerSettings.of(properties.modelStore());
    return new TrainingWorkerSettings(
        properties.modelStore(),
        training.device() == null ? defaults.device() : training.device(),
        training.threads() == null ? defaults.threads() : training.threads(),
        training.checkpointSteps() == null
            ? defaults.checkpointSteps()
            : training.checkpointSteps(),
        training.progressInterval() == null
            ? defaults.progressInterval()
            : training.progressInterval());
  }

  @Bean
  @Lazy
  InferenceSettings inferenceSettings(WorkerProperties properties) {
    WorkerProperties.Inference inference = properties.inference();
    return new InferenceSettings(
        properties.modelStore(),
        properties.inferenceHost(),
        properties.inferencePort(),
        WorkerProperties.secret(
            "channelwise.inference-token",
            properties.inferenceToken(),
            properties.inferenceTokenFile()),
        inference.device() == null ? "auto" : inference.device(),
        inference.threads() == null ? 0 : inference.threads(),
        inference.backend() == null ? "auto" : inference.backend());
  }

  private static DeliverySettings.Smtp smtp(WorkerProperties.Smtp smtp) {
    if (smtp == null || smtp.host() == null) {
      return null;
    }
    String password =
        smtp.username() == null
            ? null
            : WorkerProperties.secret(
                "channelwise.delivery.smtp.password", smtp.password(), smtp.passwordFile());
    return new DeliverySettings.Smtp(
        smtp.host(),
        smtp.port() == null ? 587 : smtp.port(),
        smtp.startTls() == null || smtp.startTls(),
        smtp.username(),
        password,
        smtp.from(),
        smtp.timeout());
  }

  private static DeliverySettings.Webhook webhook(WorkerProperties.Webhook webhook) {
    if (webhook == null) {
      return null;
    }
    return new DeliverySettings.Webhook(
        WorkerProperties.secret(
            "channelwise.delivery.webhook.secret", webhook.secret(), webhook.secretFile()),
        webhook.timeout());
  }
}
