package io.jitapproval.benchmarks;

/**
 * One row as measured.
 *
 * @param nanos nanoseconds an operation, mean of the iterations
 * @param error half of the 99.9 % confidence interval of that
 * @param cpu   nanoseconds of processor time an operation, median of the iterations
 * @param bytes bytes allocated an operation
 */
record Figure(double nanos, double error, double cpu, double bytes) {}
