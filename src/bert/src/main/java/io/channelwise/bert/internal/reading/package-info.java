/** Labelled data from files people have. CSV tables and CoNLL columns, with errors by line. */
package io.channelwise.bert.internal.reading;
