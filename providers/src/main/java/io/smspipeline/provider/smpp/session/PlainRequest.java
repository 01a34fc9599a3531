package io.smspipeline.provider.smpp.session;

/** A request of which only the answer itself matters: enquire_link, unbind. */
final class PlainRequest implements Request {
    private final Runnable onAnswer;
    private final Runnable onSilence;

    PlainRequest(Runnable onAnswer, Runnable onSilence) {
        this.onAnswer = onAnswer;
        this.onSilence = onSilence;
    }

    @Override
    public void answered(boolean nack, int status, Octets body) {
        onAnswer.run();
    }

    @Override
    public void unanswered(Fate fate, String why) {
        onSilence.run();
    }
}
