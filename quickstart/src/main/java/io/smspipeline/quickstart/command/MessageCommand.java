package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.quickstart.story.Story;
import io.smspipeline.quickstart.story.StoryReader;
import io.smspipeline.schemas.json.RecordJson;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./sms message ID}: everything the topics still hold of one message. */
@Command(name = "message", description = "Shows what happened to one message and the state it is in.")
final class MessageCommand implements Callable<Integer> {
    private final Answer answer;

    @Mixin
    private MessageOptions message = new MessageOptions();

    MessageCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        PipelineAddress address = message.address();
        StoryReader reader = new StoryReader(address.kafka(), address.topics(), address.serdes());
        Optional<Story> story = reader.read(message.id(), message.timeout());
        if (story.isEmpty()) {
            return Exit.TIMED_OUT;
        }
        if (story.get().isUnknown()) {
            throw new UnknownMessage(message.id());
        }
        print(new RecordLines(address), story.get());
        return Exit.DONE;
    }

    private void print(RecordLines lines, Story story) {
        List<ObjectNode> events = story.events().stream().map(RecordJson::of).toList();
        List<ObjectNode> statuses =
                story.statuses().stream().map(RecordJson::of).toList();
        if (message.json()) {
            JsonNodeFactory nodes = JsonNodeFactory.instance;
            ObjectNode whole = nodes.objectNode().put("messageId", message.id());
            whole.put("state", story.state() == null ? null : story.state().name());
            ArrayNode told = whole.putArray("events");
            events.forEach(told::add);
            ArrayNode changes = whole.putArray("statuses");
            statuses.forEach(changes::add);
            answer.json(whole);
            return;
        }
        events.forEach(event -> answer.line("event   " + lines.forPerson(WatchCommand.Subject.EVENT, event)));
        statuses.forEach(status -> answer.line("status  " + lines.status(status)));
    }

    /** Nothing in the topics speaks of this id. */
    static final class UnknownMessage extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownMessage(String id) {
            super("no event and no status speaks of message " + id
                    + ": it was never routed here, or so long ago that its records are gone.");
        }
    }
}
