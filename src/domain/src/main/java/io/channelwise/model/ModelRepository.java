package io.channelwise.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of model versions. */
@Repository
class ModelRepository {
  private static final String LIVE =
      """
      select model_name, version, stage, path, sha256, metrics, dataset_id, approver, created_at,
             released_at
        from model_version
       where model_name = :modelName and stage = 'live'
      """;

  private static final String OF_RUN =
      """
      select model_name, version, stage, path, sha256, metrics, dataset_id, approver, created_at,
             released_at
        from model_version
       where run_id = :runId and round = :round
      """;

  private static final String VERSIONS =
      """
      select model_name, version, stage, path, sha256, metrics, dataset_id, approver, created_at,
             released_at
        from model_version
       where model_name = :modelName
       order by version desc
       limit 500
      """;

  private static final String MODELS =
      """
      select distinct model_name
        from model_version
       order by model_name
       limit 500
      """;

  /** Held to the end of the transaction: versions of one model are counted and released singly. */
  private static final String LOCK_MODEL =
      """
      select pg_advisory_xact_lock(hashtextextended('model ' || :modelName, 0))
      """;

  private static final String INSERT =
      """
      insert into model_version
        (model_name, version, stage, run_id, round, path, sha256, metrics, dataset_id, created_at)
      select :modelName, coalesce(max(version), 0) + 1, 'candidate', :runId, :round, :path, :sha256,
             cast(:metrics as jsonb), :datasetId, :now
        from model_version
       where model_name = :modelName
      on conflict (run_id, round) do nothing
      """;

  private static final String ADD_METRICS =
      """
      update model_version
         set metrics = metrics || cast(:metrics as jsonb)
       where run_id = :runId and round = :round
      """;

  private static final String RETIRE =
      """
      update model_version
         set stage = 'retired', retired_at = :now
       where model_name = :modelName and stage = 'live'
      """;

  private static final String RELEASE =
      """
      update model_version
         set stage = 'live', approver = :approver, comment = :comment, released_at = :now
       where run_id = :runId and round = :round and stage = 'candidate'
      """;

  private static final String DISCARD_RUN =
      """
      update model_version
         set stage = 'discarded', comment = coalesce(:comment, comment)
       where run_id = :runId and stage = 'candidate'
      """;

  /** Sent when the transaction commits, to every session that listens. */
  private static final String NOTIFY =
      """
      select pg_notify('channelwise_model_released', :modelName)
      """;

  private static final TypeReference<Map<String, Double>> METRICS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  ModelRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  Optional<ModelVersion> live(String modelName) {
    return jdbc.sql(LIVE).param("modelName", modelName).query(this::version).optional();
  }

  Optional<ModelVersion> ofRun(String runId, int round) {
    return jdbc.sql(OF_RUN)
        .param("runId", runId)
        .param("round", round)
        .query(this::version)
        .optional();
  }

  List<ModelVersion> versions(String modelName) {
    return jdbc.sql(VERSIONS).param("modelName", modelName).query(this::version).list();
  }

  List<String> models() {
    return jdbc.sql(MODELS).query(String.class).list();
  }

  void lock(String modelName) {
    jdbc.sql(LOCK_MODEL).param("modelName", modelName).query((rs, row) -> 1).single();
  }

  void insert(TrainingRun run, TrainedModel model, Instant now) {
    jdbc.sql(INSERT)
        .param("modelName", run.modelName())
        .param("runId", run.runId())
        .param("round", run.round())
        .param("path", model.path())
        .param("sha256", model.sha256())
        .param("metrics", text(Map.of("trainingLoss", model.trainingLoss())))
        .param("datasetId", UUID.fromString(run.datasetId()))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  int addMetrics(String runId, int round, Map<String, Double> metrics) {
    return jdbc.sql(ADD_METRICS)
        .param("metrics", text(metrics))
        .param("runId", runId)
        .param("round", round)
        .update();
  }

  void retire(String modelName, Instant now) {
    jdbc.sql(RETIRE)
        .param("modelName", modelName)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  int release(String runId, int round, String approver, String comment, Instant now) {
    return jdbc.sql(RELEASE)
        .param("runId", runId)
        .param("round", round)
        .param("approver", approver)
        .param("comment", comment)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  void discardRun(String runId, String comment) {
    jdbc.sql(DISCARD_RUN).param("runId", runId).param("comment", comment).update();
  }

  void notifyReleased(String modelName) {
    jdbc.sql(NOTIFY).param("modelName", modelName).query((rs, row) -> 1).single();
  }

  private String text(Map<String, Double> metrics) {
    try {
      return json.writeValueAsString(metrics);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Metrics cannot be written as JSON: " + metrics, e);
    }
  }

  private ModelVersion version(ResultSet rs, int row) throws SQLException {
    try {
      return new ModelVersion(
          rs.getString("model_name"),
          rs.getInt("version"),
          rs.getString("stage"),
          rs.getString("path"),
          rs.getString("sha256"),
          json.readValue(rs.getString("metrics"), METRICS),
          rs.getString("dataset_id"),
          rs.getString("approver"),
          rs.getObject("created_at", OffsetDateTime.class).toInstant(),
          instant(rs, "released_at"));
    } catch (JsonProcessingException e) {
      throw new SQLException("model_version.metrics is not readable", e);
    }
  }

  private static Instant instant(ResultSet rs, String column) throws SQLException {
    OffsetDateTime time = rs.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
