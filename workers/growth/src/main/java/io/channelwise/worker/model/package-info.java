/** Workers that release a trained model or put it aside. The decision is in the process. */
package io.channelwise.worker.model;
