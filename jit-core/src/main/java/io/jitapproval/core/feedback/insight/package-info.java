/**
 * What the record says about rules, people and uses: findings with their numbers, never a change. Reads a history a few times and keeps
 * counts by group, and 8 to 24 bytes of a vote or a use.
 */
@NullMarked
package io.jitapproval.core.feedback.insight;

import org.jspecify.annotations.NullMarked;
