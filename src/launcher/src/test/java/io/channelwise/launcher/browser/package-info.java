/**
 * A campaign in a real browser: people log in, find their tasks in Tasklist and fill the forms.
 * Partners and customers act over REST, as in the demonstration.
 */
package io.channelwise.launcher.browser;
