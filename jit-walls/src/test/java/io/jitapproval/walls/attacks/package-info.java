/** What reviewers broke once, each as a test through the public surface that failed before it was mended. */
package io.jitapproval.walls.attacks;
