package io.channelwise.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.server.TestServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server's own commands stand a concurrent change of the same rows. */
class EngineAccessTest {
  private final TaskService tasks = TestServer.get().bean(TaskService.class);
  private final EngineAccess engine = TestServer.get().bean(EngineAccess.class);
  private final AtomicInteger attempts = new AtomicInteger();
  private String taskId;

  @BeforeEach
  void createTask() {
    Task task = tasks.newTask();
    tasks.saveTask(task);
    taskId = task.getId();
  }

  @AfterEach
  void deleteTask() {
    tasks.deleteTask(taskId, true);
  }

  @Test
  void shouldDoTheWorkAgain_whenAnotherChangeWasFaster() {
    engine.asServer(() -> rename(attempts.incrementAndGet() <= 2));

    assertThat(attempts).hasValue(3);
    assertThat(find().getName()).isEqualTo("ours");
  }

  @Test
  void shouldGiveUp_whenAnotherChangeIsFasterEachTime() {
    assertThatThrownBy(
            () ->
                engine.asServer(
                    () -> {
                      attempts.incrementAndGet();
                      return rename(true);
                    }))
        .isInstanceOf(OptimisticLockingException.class);

    assertThat(attempts).hasValue(5);
  }

  /** Saves a name that was set on what had been read before another change, or after it. */
  private Void rename(boolean anotherIsFaster) {
    Task ours = find();
    if (anotherIsFaster) {
      Task theirs = find();
      theirs.setName("theirs " + attempts);
      tasks.saveTask(theirs);
    }
    ours.setName("ours");
    tasks.saveTask(ours);
    return null;
  }

  private Task find() {
    return tasks.createTaskQuery().taskId(taskId).singleResult();
  }
}
