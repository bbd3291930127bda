/**
 * People out of files, for tools: who there is, and who could approve a request. A guard asks a directory. Internal: nothing here
 * is exported to applications.
 */
@NullMarked
package io.jitapproval.core.people;

import org.jspecify.annotations.NullMarked;
