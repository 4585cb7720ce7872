/**
 * The training worker: fine-tunes and judges BERT models, one run at a time. Runs in a process of
 * its own, so that a crash in native code takes nothing else down and the next start resumes.
 */
package io.channelwise.worker.training;
