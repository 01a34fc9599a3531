package io.smspipeline.simulator.smsc;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Changes some of a {@link Behaviour}; the names are its. For one thread. */
public final class BehaviourBuilder {
    private Delay latency;
    private Late lateAnswers;
    private boolean receipts;
    private Delay receiptDelay;
    private Late lateReceipts;
    private double duplicateReceipts;
    private ReceiptState receiptState;
    private Map<String, ReceiptState> receiptStates;
    private boolean receiptBeforeAnswer;
    private boolean replies;
    private Delay replyDelay;
    private String replyText;
    private PartOrder moPartOrder;
    private MessageIdForm messageIds;
    private int refuseBinds;
    private int maxBinds;
    private int bindRefusal;
    private int throttle;
    private int throttleTotal;
    private ThrottleRule throttleRule;
    private double errorRate;
    private int errorCode;
    private Map<Integer, Integer> errorCodes;
    private Map<String, Integer> refusals;
    private int dropEvery;
    private boolean dropUnaccepted;
    private boolean mute;
    private Set<Unanswered> unanswered;
    private boolean holdAnswers;
    private boolean dataSm;
    private Delay redeliveryDelay;

    BehaviourBuilder(Behaviour from) {
        latency = from.latency();
        lateAnswers = from.lateAnswers();
        receipts = from.receipts();
        receiptDelay = from.receiptDelay();
        lateReceipts = from.lateReceipts();
        duplicateReceipts = from.duplicateReceipts();
        receiptState = from.receiptState();
        receiptStates = from.receiptStates();
        receiptBeforeAnswer = from.receiptBeforeAnswer();
        replies = from.replies();
        replyDelay = from.replyDelay();
        replyText = from.replyText();
        moPartOrder = from.moPartOrder();
        messageIds = from.messageIds();
        refuseBinds = from.refuseBinds();
        maxBinds = from.maxBinds();
        bindRefusal = from.bindRefusal();
        throttle = from.throttle();
        throttleTotal = from.throttleTotal();
        throttleRule = from.throttleRule();
        errorRate = from.errorRate();
        errorCode = from.errorCode();
        errorCodes = from.errorCodes();
        refusals = from.refusals();
        dropEvery = from.dropEvery();
        dropUnaccepted = from.dropUnaccepted();
        mute = from.mute();
        unanswered = from.unanswered();
        holdAnswers = from.holdAnswers();
        dataSm = from.dataSm();
        redeliveryDelay = from.redeliveryDelay();
    }

    public BehaviourBuilder latency(Delay value) {
        latency = value;
        return this;
    }

    /** Always so long. */
    public BehaviourBuilder latency(Duration value) {
        return latency(Delay.fixed(value));
    }

    public BehaviourBuilder lateAnswers(Late value) {
        lateAnswers = value;
        return this;
    }

    public BehaviourBuilder receipts(boolean value) {
        receipts = value;
        return this;
    }

    public BehaviourBuilder receiptDelay(Delay value) {
        receiptDelay = value;
        return this;
    }

    /** Always so long. */
    public BehaviourBuilder receiptDelay(Duration value) {
        return receiptDelay(Delay.fixed(value));
    }

    public BehaviourBuilder lateReceipts(Late value) {
        lateReceipts = value;
        return this;
    }

    public BehaviourBuilder duplicateReceipts(double value) {
        duplicateReceipts = value;
        return this;
    }

    public BehaviourBuilder receiptState(ReceiptState value) {
        receiptState = value;
        return this;
    }

    public BehaviourBuilder receiptStates(Map<String, ReceiptState> value) {
        receiptStates = value;
        return this;
    }

    public BehaviourBuilder receiptBeforeAnswer(boolean value) {
        receiptBeforeAnswer = value;
        return this;
    }

    public BehaviourBuilder replies(boolean value) {
        replies = value;
        return this;
    }

    public BehaviourBuilder replyDelay(Delay value) {
        replyDelay = value;
        return this;
    }

    /** Always so long. */
    public BehaviourBuilder replyDelay(Duration value) {
        return replyDelay(Delay.fixed(value));
    }

    public BehaviourBuilder replyText(String value) {
        replyText = value;
        return this;
    }

    public BehaviourBuilder moPartOrder(PartOrder value) {
        moPartOrder = value;
        return this;
    }

    public BehaviourBuilder messageIds(MessageIdForm value) {
        messageIds = value;
        return this;
    }

    public BehaviourBuilder refuseBinds(int value) {
        refuseBinds = value;
        return this;
    }

    public BehaviourBuilder maxBinds(int value) {
        maxBinds = value;
        return this;
    }

    public BehaviourBuilder bindRefusal(int value) {
        bindRefusal = value;
        return this;
    }

    public BehaviourBuilder throttle(int value) {
        throttle = value;
        return this;
    }

    public BehaviourBuilder throttleTotal(int value) {
        throttleTotal = value;
        return this;
    }

    public BehaviourBuilder throttleRule(ThrottleRule value) {
        throttleRule = value;
        return this;
    }

    public BehaviourBuilder errorRate(double value) {
        errorRate = value;
        return this;
    }

    public BehaviourBuilder errorCode(int value) {
        errorCode = value;
        return this;
    }

    public BehaviourBuilder errorCodes(Map<Integer, Integer> value) {
        errorCodes = value;
        return this;
    }

    public BehaviourBuilder refusals(Map<String, Integer> value) {
        refusals = value;
        return this;
    }

    public BehaviourBuilder dropEvery(int value) {
        dropEvery = value;
        return this;
    }

    public BehaviourBuilder dropUnaccepted(boolean value) {
        dropUnaccepted = value;
        return this;
    }

    public BehaviourBuilder mute(boolean value) {
        mute = value;
        return this;
    }

    public BehaviourBuilder unanswered(Set<Unanswered> value) {
        unanswered = value;
        return this;
    }

    public BehaviourBuilder holdAnswers(boolean value) {
        holdAnswers = value;
        return this;
    }

    public BehaviourBuilder dataSm(boolean value) {
        dataSm = value;
        return this;
    }

    public BehaviourBuilder redeliveryDelay(Delay value) {
        redeliveryDelay = value;
        return this;
    }

    /** Always so long. */
    public BehaviourBuilder redeliveryDelay(Duration value) {
        return redeliveryDelay(Delay.fixed(value));
    }

    /**
     * The changed behaviour.
     *
     * @throws IllegalArgumentException when a value makes no sense
     */
    public Behaviour build() {
        return new Behaviour(
                latency,
                lateAnswers,
                receipts,
                receiptDelay,
                lateReceipts,
                duplicateReceipts,
                receiptState,
                receiptStates,
                receiptBeforeAnswer,
                replies,
                replyDelay,
                replyText,
                moPartOrder,
                messageIds,
                refuseBinds,
                maxBinds,
                bindRefusal,
                throttle,
                throttleTotal,
                throttleRule,
                errorRate,
                errorCode,
                errorCodes,
                refusals,
                dropEvery,
                dropUnaccepted,
                mute,
                unanswered,
                holdAnswers,
                dataSm,
                redeliveryDelay);
    }
}
