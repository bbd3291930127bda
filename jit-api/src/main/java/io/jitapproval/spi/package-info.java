/**
 * What a host application implements to wire in its own infrastructure: approval channels, grant stores, audit sinks,
 * policy sources, types in which outcomes come later, and the resolution of subjects, people and attributes.
 *
 * <p>The Javadoc of each method answers the same six questions: may a value be absent, which threads call it, may it
 * block, what happens when it throws, may it be called twice for the same thing, and which units it uses.
 */
@NullMarked
package io.jitapproval.spi;

import org.jspecify.annotations.NullMarked;
