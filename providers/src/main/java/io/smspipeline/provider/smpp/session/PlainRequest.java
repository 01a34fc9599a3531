package io.smspipeline.provider.smpp.session;

/** A request of which only the answer itself matters: enquire_link, unbind. */
final class PlainRequest implements Request {
    private final Runnable onAnswer;

    PlainRequest(Runnable onAnswer) {
        this.onAnswer = onAnswer;
    }

    @Override
    public void answered(boolean nack, int status, Octets body) {
        onAnswer.run();
    }

    @Override
    public void unanswered(Fate fate, String why) {
        // The session ends, or is ended by who asked.
    }
}
