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

/** SQL of training runs and their progress. */
@Repository
class TrainingRunRepository {
  /** A second delivery takes a running or failed round over; a finished one stays as it is. */
  private static final String BEGIN =
      """
      insert into training_run as r
        (run_id, round, model_name, campaign_key, cycle, dataset_id, dataset_sha256, settings, state,
         attempt, started_at, updated_at)
      values
        (:runId, :round, :modelName, :campaignKey, :cycle, :datasetId, :datasetSha256,
         cast(:settings as jsonb), 'running', 1, :now, :now)
      on conflict (run_id, round) do update
         set attempt = r.attempt + 1, state = 'running', problem = null, updated_at = :now
       where r.state in ('running', 'failed')
      """;

  private static final String FIND =
      """
      select run_id, round, model_name, campaign_key, dataset_id, dataset_sha256, settings, state,
             attempt, steps, training_loss, seconds, problem, started_at, updated_at, finished_at
        from training_run
       where run_id = :runId and round = :round
      """;

  private static final String ROUNDS =
      """
      select run_id, round, model_name, campaign_key, dataset_id, dataset_sha256, settings, state,
             attempt, steps, training_loss, seconds, problem, started_at, updated_at, finished_at
        from training_run
       where run_id = :runId
       order by round
       limit 1000
      """;

  private static final String LATEST =
      """
      select run_id, round, model_name, campaign_key, dataset_id, dataset_sha256, settings, state,
             attempt, steps, training_loss, seconds, problem, started_at, updated_at, finished_at
        from training_run
       order by started_at desc, run_id, round desc
       limit :limit
      """;

  private static final String OF_CYCLE =
      """
      select run_id, round, model_name, campaign_key, dataset_id, dataset_sha256, settings, state,
             attempt, steps, training_loss, seconds, problem, started_at, updated_at, finished_at
        from training_run
       where campaign_key = :campaignKey and cycle = :cycle
       order by started_at, run_id, round
       limit 1000
      """;

  /** Waits for, and keeps out, others who take the run over or end it. */
  private static final String LOCK_OWNED =
      """
      select run_id
        from training_run
       where run_id = :runId and round = :round and attempt = :attempt and state = 'running'
         for update
      """;

  private static final String PROGRESS =
      """
      insert into training_progress
        (run_id, round, step, steps, epoch, loss, learning_rate, tokens_per_second, recorded_at)
      values
        (:runId, :round, :step, :steps, :epoch, :loss, :learningRate, :tokensPerSecond, :now)
      on conflict (run_id, round, step) do update
         set loss = excluded.loss, learning_rate = excluded.learning_rate,
             tokens_per_second = excluded.tokens_per_second, recorded_at = excluded.recorded_at
      """;

  private static final String EPOCH =
      """
      insert into training_epoch
        (run_id, round, epoch, training_loss, accuracy, macro_f1, recorded_at)
      values
        (:runId, :round, :epoch, :trainingLoss, :accuracy, :macroF1, :now)
      on conflict (run_id, round, epoch) do update
         set training_loss = excluded.training_loss, accuracy = excluded.accuracy,
             macro_f1 = excluded.macro_f1, recorded_at = excluded.recorded_at
      """;

  private static final String TRAINED =
      """
      update training_run
         set state = 'trained', steps = :steps, training_loss = :trainingLoss, seconds = :seconds,
             updated_at = :now
       where run_id = :runId and round = :round and attempt = :attempt and state = 'running'
      """;

  private static final String EVALUATED =
      """
      update training_run
         set state = 'evaluated', updated_at = :now
       where run_id = :runId and round = :round and state = 'trained'
      """;

  private static final String FAILED =
      """
      update training_run
         set state = 'failed', problem = :problem, updated_at = :now
       where run_id = :runId and round = :round and attempt = :attempt and state = 'running'
      """;

  private static final String END =
      """
      update training_run
         set state = :state, problem = coalesce(:problem, problem), updated_at = :now,
             finished_at = :now
       where run_id = :runId and round = :round and state not in ('released', 'discarded')
      """;

  private static final String READ_PROGRESS =
      """
      select step, steps, epoch, loss, learning_rate, tokens_per_second, recorded_at
        from training_progress
       where run_id = :runId and round = :round
       order by step
       limit 100000
      """;

  private static final String READ_EPOCHS =
      """
      select epoch, training_loss, accuracy, macro_f1
        from training_epoch
       where run_id = :runId and round = :round
       order by epoch
       limit 1000
      """;

  private static final TypeReference<Map<String, Object>> SETTINGS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  TrainingRunRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  void begin(NewTraining training, Instant now) {
    jdbc.sql(BEGIN)
        .param("runId", training.runId())
        .param("round", training.round())
        .param("modelName", training.modelName())
        .param("campaignKey", training.campaignKey())
        .param("cycle", training.cycle())
        .param("datasetId", UUID.fromString(training.datasetId()))
        .param("datasetSha256", training.datasetSha256())
        .param("settings", text(training.settings()))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  Optional<TrainingRun> find(String runId, int round) {
    return jdbc.sql(FIND).param("runId", runId).param("round", round).query(this::run).optional();
  }

  List<TrainingRun> rounds(String runId) {
    return jdbc.sql(ROUNDS).param("runId", runId).query(this::run).list();
  }

  List<TrainingRun> latest(int limit) {
    return jdbc.sql(LATEST).param("limit", limit).query(this::run).list();
  }

  List<TrainingRun> ofCycle(String campaignKey, int cycle) {
    return jdbc.sql(OF_CYCLE)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(this::run)
        .list();
  }

  boolean lockOwned(String runId, int round, int attempt) {
    return jdbc.sql(LOCK_OWNED)
        .param("runId", runId)
        .param("round", round)
        .param("attempt", attempt)
        .query(String.class)
        .optional()
        .isPresent();
  }

  void progress(String runId, int round, ProgressRow row, Instant now) {
    jdbc.sql(PROGRESS)
        .param("runId", runId)
        .param("round", round)
        .param("step", row.step())
        .param("steps", row.steps())
        .param("epoch", row.epoch())
        .param("loss", row.loss())
        .param("learningRate", row.learningRate())
        .param("tokensPerSecond", row.tokensPerSecond())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  void epoch(String runId, int round, EpochRow row, Instant now) {
    jdbc.sql(EPOCH)
        .param("runId", runId)
        .param("round", round)
        .param("epoch", row.epoch())
        .param("trainingLoss", row.trainingLoss())
        .param("accuracy", row.accuracy())
        .param("macroF1", row.macroF1())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  int trained(String runId, int round, int attempt, TrainedModel model, Instant now) {
    return jdbc.sql(TRAINED)
        .param("runId", runId)
        .param("round", round)
        .param("attempt", attempt)
        .param("steps", model.steps())
        .param("trainingLoss", model.trainingLoss())
        .param("seconds", model.seconds())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  void evaluated(String runId, int round, Instant now) {
    jdbc.sql(EVALUATED)
        .param("runId", runId)
        .param("round", round)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  int failed(String runId, int round, int attempt, String problem, Instant now) {
    return jdbc.sql(FAILED)
        .param("runId", runId)
        .param("round", round)
        .param("attempt", attempt)
        .param("problem", problem)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  void end(String runId, int round, String state, String problem, Instant now) {
    jdbc.sql(END)
        .param("runId", runId)
        .param("round", round)
        .param("state", state)
        .param("problem", problem)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  List<ProgressRow> progress(String runId, int round) {
    return jdbc.sql(READ_PROGRESS)
        .param("runId", runId)
        .param("round", round)
        .query(
            (rs, number) ->
                new ProgressRow(
                    rs.getLong("step"),
                    rs.getLong("steps"),
                    rs.getInt("epoch"),
                    rs.getDouble("loss"),
                    rs.getDouble("learning_rate"),
                    rs.getDouble("tokens_per_second"),
                    instant(rs, "recorded_at")))
        .list();
  }

  List<EpochRow> epochs(String runId, int round) {
    return jdbc.sql(READ_EPOCHS)
        .param("runId", runId)
        .param("round", round)
        .query(
            (rs, number) ->
                new EpochRow(
                    rs.getInt("epoch"),
                    rs.getDouble("training_loss"),
                    rs.getObject("accuracy", Double.class),
                    rs.getObject("macro_f1", Double.class)))
        .list();
  }

  private String text(Map<String, Object> settings) {
    try {
      return json.writeValueAsString(settings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Settings cannot be written as JSON: " + settings, e);
    }
  }

  private TrainingRun run(ResultSet rs, int number) throws SQLException {
    try {
      return new TrainingRun(
          rs.getString("run_id"),
          rs.getInt("round"),
          rs.getString("model_name"),
          rs.getString("campaign_key"),
          rs.getString("dataset_id"),
          rs.getString("dataset_sha256"),
          json.readValue(rs.getString("settings"), SETTINGS),
          rs.getString("state"),
          rs.getInt("attempt"),
          rs.getObject("steps", Long.class),
          rs.getObject("training_loss", Double.class),
          rs.getObject("seconds", Double.class),
          rs.getString("problem"),
          instant(rs, "started_at"),
          instant(rs, "updated_at"),
          instant(rs, "finished_at"));
    } catch (JsonProcessingException e) {
      throw new SQLException("training_run.settings is not readable", e);
    }
  }

  private static Instant instant(ResultSet rs, String column) throws SQLException {
    OffsetDateTime time = rs.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
