/** What we write for browsers, in a real one. */
package io.jitapproval.browser;
