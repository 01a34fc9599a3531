package io.smspipeline.sender.lane;

import io.smspipeline.provider.Submission;

/**
 * One submission about to be made, or made.
 *
 * @param handover the message
 * @param index which of its submissions, from 0
 * @param number which attempt at it, from 1
 * @param possibleRepeat whether an earlier attempt may have reached the provider
 * @param retried whether this submission was tried before: what follows it in its message is then queued already
 * @param refusals how often the provider had trouble of its own and did not take it
 */
public record Attempt(Handover handover, int index, int number, boolean possibleRepeat, boolean retried, int refusals) {
    /** The first attempt at the first submission of a message. */
    public static Attempt first(Handover handover) {
        int index = Math.min(handover.nextFrom(0), handover.submissions().size() - 1);
        return new Attempt(handover, index, handover.firstAttempt(), handover.mayBeRepeat(), false, 0);
    }

    /** What is submitted. */
    public Submission submission() {
        return handover.submissions().get(index);
    }

    /** The same again: the provider did not take it. */
    public Attempt again() {
        return new Attempt(handover, index, number, possibleRepeat, true, refusals);
    }

    /** The same again: the provider had trouble of its own. */
    public Attempt afterTrouble() {
        return new Attempt(handover, index, number, possibleRepeat, true, refusals + 1);
    }

    /** The same again although the provider may have it. */
    public Attempt repeated() {
        return new Attempt(handover, index, number + 1, true, true, refusals);
    }

    /** The first attempt at the next submission of the same message. */
    public Attempt following() {
        return new Attempt(
                handover, handover.nextFrom(index + 1), handover.firstAttempt(), handover.mayBeRepeat(), false, 0);
    }

    /** Whether the next submission of the message is to be queued once this one left. */
    public boolean isFollowed() {
        return !retried && handover.nextFrom(index + 1) < handover.submissions().size();
    }
}
