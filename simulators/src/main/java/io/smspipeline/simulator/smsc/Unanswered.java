package io.smspipeline.simulator.smsc;

/** Requests an SMSC may be told never to answer. */
public enum Unanswered {
    /** No bind_resp, and no bind either: the SMSC takes note of nothing. */
    BIND,
    /** No answer to submit_sm, data_sm and submit_multi; they are accepted, and receipts come. */
    SUBMIT,
    /** No answer to query_sm, cancel_sm and replace_sm, which are done. */
    OPERATION,
    /** No enquire_link_resp: the link looks dead to an ESME that asks, and works. */
    ENQUIRE_LINK,
    /** No unbind_resp. */
    UNBIND
}
