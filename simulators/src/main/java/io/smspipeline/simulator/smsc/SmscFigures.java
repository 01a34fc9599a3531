package io.smspipeline.simulator.smsc;

/**
 * What was counted since the start; exact, whatever the log has room for.
 *
 * @param connections connections accepted
 * @param binds binds accepted
 * @param bindsRefused binds answered with an error
 * @param unbinds unbinds by the ESME
 * @param sessions sessions bound now
 * @param submits messages submitted, by submit_sm, data_sm or (one a destination) submit_multi
 * @param accepted submits accepted, whether or not their answer got out
 * @param throttled submits answered with 0x58
 * @param errored submits answered with another error
 * @param duplicates accepted submits whose destination and text (and part number) were accepted before
 * @param cut connections cut by {@link Behaviour#dropEvery()}
 * @param receiptsDue receipts to be sent, each counted once
 * @param receiptsSent deliver_sm with a receipt written, repeats counted too
 * @param receiptsAcked receipts the ESME took
 * @param receiptsRefused deliver_sm with a receipt answered with an error
 * @param receiptsUnanswered deliver_sm with a receipt that found no answer in time, or whose link was lost
 * @param mosDue as for receipts: deliver_sm with messages from handsets
 * @param mosSent see above
 * @param mosAcked see above
 * @param mosRefused see above
 * @param mosUnanswered see above
 * @param malformed PDUs that could not be read
 * @param held messages accepted and not yet at their end, now
 * @param queries query_sm read
 * @param cancelled messages ended by cancel_sm
 * @param replaced messages changed by replace_sm
 * @param maxInAnySecond the most submits read within any second, wherever it begins, refused ones too; since the start or since
 *     {@link SimulatedSmsc#resetMaxInAnySecond()}
 * @param receiptsRepeated receipts the ESME took that came once more by {@link Behaviour#duplicateReceipts()}; not among those
 *     acked
 */
public record SmscFigures(
        long connections,
        long binds,
        long bindsRefused,
        long unbinds,
        long sessions,
        long submits,
        long accepted,
        long throttled,
        long errored,
        long duplicates,
        long cut,
        long receiptsDue,
        long receiptsSent,
        long receiptsAcked,
        long receiptsRefused,
        long receiptsUnanswered,
        long mosDue,
        long mosSent,
        long mosAcked,
        long mosRefused,
        long mosUnanswered,
        long malformed,
        long held,
        long queries,
        long cancelled,
        long replaced,
        long maxInAnySecond,
        long receiptsRepeated) {}
