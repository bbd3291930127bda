/**
 * What the feedback loop found, as a page for people: one HTML document that asks nobody for anything. Everything that comes from a
 * record is made visible and escaped.
 */
@NullMarked
package io.jitapproval.core.feedback.report;

import org.jspecify.annotations.NullMarked;
