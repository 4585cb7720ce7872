package io.channelwise.worker.runtime;

/**
 * The work of one topic.
 *
 * <p>Delivery is at least once: {@link #handle} must commit its effect idempotently, keyed by the
 * ids in its input, and may be called again with the same input after it returned. One instance
 * serves several threads, so implementations keep no mutable state.
 *
 * @param <I> a record; its components are the BPMN task's input parameters
 * @param <O> a record; its components are the BPMN task's output parameters
 */
public interface Worker<I extends Record, O extends Record> {

  Contract<I, O> contract();

  /**
   * Does the work of one task.
   *
   * @throws BusinessError when a business person must decide: becomes a BPMN error
   * @throws PermanentFailure when an operator must act: becomes an incident at once
   * @throws TransientFailure when time heals: one retry fewer, with back-off
   * @throws Exception anything else counts as a transient failure
   */
  O handle(I input, TaskContext context) throws Exception;
}
