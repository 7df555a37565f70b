/**
 * Measures the backends, and the whole registry in front of them, in one run on the same data.
 *
 * <p>{@link io.agents.benchmarks.Main} is what {@code ./benchmark} starts: {@link
 * io.agents.benchmarks.AnswerCheck} compares the answers of all {@link
 * io.agents.benchmarks.Implementation implementations}, then JMH runs {@link
 * io.agents.benchmarks.PointBenchmark} and {@link io.agents.benchmarks.QueryBenchmark}, and {@link
 * io.agents.benchmarks.RatioTable} prints what came out.
 */
package io.agents.benchmarks;
