/**
 * The folder of a training run and what it takes to go on after a kill as if nothing had happened: checkpoints, the best metric, logs
 * (their formats in {@code log}, tools that draw them in {@code tracker}), data order and seeds as functions of the step ({@code order}), and the listener that shows progress. Knows
 * nothing of models or losses.
 *
 * <p>Layout: {@code config.yaml}, {@code run.json}, {@code metrics.jsonl}, {@code samples.jsonl}, {@code timings.jsonl},
 * {@code events.out.tfevents.*}, {@code checkpoint-N/}, {@code best.json}, {@code adapter/}.
 *
 * <p>Public signatures; steps are counted as "steps done", so the first line of a log has step 1:
 * <pre>
 * TrainingRun.open(TrainConfig, RunProvenance, Resume, String stageMetric, int totalSteps, TrainingListener)   refuses a folder that holds a run
 *   int firstStep()                          steps already done; 0 in a fresh run
 *   Optional&lt;Path&gt; resumedFrom()             checkpoint folder to load adapter and optimizer from
 *   int totalSteps(), Path directory()
 *   void step(StepReport)                    every step; writes a line every logging_steps
 *   boolean evaluationDue(step), evaluationOwed(step), void evaluated(int step, Evaluation, double seconds) (adds "eval_")
 *   boolean saveDue(step), Path save(int step, boolean evaluates, ThrowingConsumer&lt;Path&gt; content)   before the step's evaluation
 *   void samples(int step, int count, IntFunction line)   after it
 *   boolean shouldStop()                     early stopping
 *   Best best(), Optional&lt;Path&gt; bestCheckpoint(), Path publishBest(String result)   writes adapter/
 *   end(boolean succeeded), close()
 * record StepReport(int step, Map averaged, Map summed, Map latest, Map timings)   name → Double
 * Resume.no(), Resume.auto(), Resume.from(Path)
 * RunProvenance.of(TrainConfig, Map hashes, Map environment)
 * DataOrder(long seed, int rows, int rowsPerStep): int[] rows(int stepIndex), int stepsPerEpoch(), double epochsAfter(int steps)
 * DataOrder.split(int[] rows, int size): List&lt;int[]&gt;
 * StepSeeds(long seed): long at(int stepIndex, String purpose), int intAt(int stepIndex, String purpose)
 * interface TrainingListener { onStart, onStep, onLog, onEval, onCheckpoint, onMessage, onWarning }  all with empty defaults
 * Best, Checkpoints, TrainerState, Meters, JsonLog, TensorBoardFile: the parts, public for tests and tools
 * </pre>
 */
package dev.nla.train.run;
