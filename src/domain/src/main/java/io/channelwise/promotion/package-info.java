/**
 * Promotion: materials, the budget shared out over channels, what was sent, spent and earned. Money
 * moves only under the lock of the cycle's promotion row, and never beyond its budget.
 */
package io.channelwise.promotion;
