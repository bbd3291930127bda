/** An executable model of requests, votes, grants and uses, and random histories with faults on which the engine must agree with it. */
package io.jitapproval.walls.model;
