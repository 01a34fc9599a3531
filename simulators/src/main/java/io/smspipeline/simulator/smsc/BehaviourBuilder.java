package io.smspipeline.simulator.smsc;

import java.time.Duration;
import java.util.Map;

/** Changes some of a {@link Behaviour}; the names are its. For one thread. */
public final class BehaviourBuilder {
    private Duration latency;
    private boolean receipts;
    private Duration receiptDelay;
    private ReceiptState receiptState;
    private Map<String, ReceiptState> receiptStates;
    private boolean receiptBeforeAnswer;
    private boolean replies;
    private Duration replyDelay;
    private String replyText;
    private MessageIdForm messageIds;
    private int maxBinds;
    private int bindRefusal;
    private int throttle;
    private int throttleTotal;
    private ThrottleRule throttleRule;
    private double errorRate;
    private int errorCode;
    private Map<String, Integer> refusals;
    private int dropEvery;
    private boolean mute;
    private boolean holdAnswers;
    private boolean dataSm;
    private Duration redeliveryDelay;

    BehaviourBuilder(Behaviour from) {
        latency = from.latency();
        receipts = from.receipts();
        receiptDelay = from.receiptDelay();
        receiptState = from.receiptState();
        receiptStates = from.receiptStates();
        receiptBeforeAnswer = from.receiptBeforeAnswer();
        replies = from.replies();
        replyDelay = from.replyDelay();
        replyText = from.replyText();
        messageIds = from.messageIds();
        maxBinds = from.maxBinds();
        bindRefusal = from.bindRefusal();
        throttle = from.throttle();
        throttleTotal = from.throttleTotal();
        throttleRule = from.throttleRule();
        errorRate = from.errorRate();
        errorCode = from.errorCode();
        refusals = from.refusals();
        dropEvery = from.dropEvery();
        mute = from.mute();
        holdAnswers = from.holdAnswers();
        dataSm = from.dataSm();
        redeliveryDelay = from.redeliveryDelay();
    }

    public BehaviourBuilder latency(Duration value) {
        latency = value;
        return this;
    }

    public BehaviourBuilder receipts(boolean value) {
        receipts = value;
        return this;
    }

    public BehaviourBuilder receiptDelay(Duration value) {
        receiptDelay = value;
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

    public BehaviourBuilder replyDelay(Duration value) {
        replyDelay = value;
        return this;
    }

    public BehaviourBuilder replyText(String value) {
        replyText = value;
        return this;
    }

    public BehaviourBuilder messageIds(MessageIdForm value) {
        messageIds = value;
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

    public BehaviourBuilder refusals(Map<String, Integer> value) {
        refusals = value;
        return this;
    }

    public BehaviourBuilder dropEvery(int value) {
        dropEvery = value;
        return this;
    }

    public BehaviourBuilder mute(boolean value) {
        mute = value;
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

    public BehaviourBuilder redeliveryDelay(Duration value) {
        redeliveryDelay = value;
        return this;
    }

    /**
     * The changed behaviour.
     *
     * @throws IllegalArgumentException when a value makes no sense
     */
    public Behaviour build() {
        return new Behaviour(
                latency,
                receipts,
                receiptDelay,
                receiptState,
                receiptStates,
                receiptBeforeAnswer,
                replies,
                replyDelay,
                replyText,
                messageIds,
                maxBinds,
                bindRefusal,
                throttle,
                throttleTotal,
                throttleRule,
                errorRate,
                errorCode,
                refusals,
                dropEvery,
                mute,
                holdAnswers,
                dataSm,
                redeliveryDelay);
    }
}
