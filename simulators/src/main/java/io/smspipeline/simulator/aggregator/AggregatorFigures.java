package io.smspipeline.simulator.aggregator;

/**
 * What happened at a simulated aggregator.
 *
 * @param requests to submit, whatever became of them
 * @param accepted messages taken
 * @param duplicates of these, messages whose recipient and text were taken before
 * @param repeats submits that were recognised as repeats and not taken again
 * @param throttled requests refused for the rate
 * @param early requests that came while a Retry-After was running; those on their way when it was said are among them
 * @param refused requests refused for what they are
 * @param failed requests that met trouble of the aggregator's own
 * @param unauthorised requests with wrong credentials
 * @param unanswered requests that never got an answer
 * @param lookUps questions about messages and about the account
 * @param receiptsAcked status callbacks that were taken
 * @param receiptsRefused status callbacks that were not
 * @param mosAcked messages from handsets that were taken
 * @param mosRefused messages from handsets that were not
 * @param forged callbacks with a wrong signature
 * @param forgedTaken of these, the ones that were taken all the same
 * @param retried callbacks sent once more
 * @param discarded callbacks given up
 * @param pending callbacks that are still owed
 */
public record AggregatorFigures(
        long requests,
        long accepted,
        long duplicates,
        long repeats,
        long throttled,
        long early,
        long refused,
        long failed,
        long unauthorised,
        long unanswered,
        long lookUps,
        long receiptsAcked,
        long receiptsRefused,
        long mosAcked,
        long mosRefused,
        long forged,
        long forgedTaken,
        long retried,
        long discarded,
        long pending) {}
