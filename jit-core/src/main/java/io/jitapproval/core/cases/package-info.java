/**
 * Tests of policies, as people write them beside a policy: read, run, and reported with the coverage of its rules. Internal: the
 * project's own tools alone see it.
 */
@NullMarked
package io.jitapproval.core.cases;

import org.jspecify.annotations.NullMarked;
