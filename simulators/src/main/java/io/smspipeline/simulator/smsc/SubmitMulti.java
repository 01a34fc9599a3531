package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.CommandStatus;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.OctetReader;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A submit_multi (SMPP 3.4 §4.5): its destinations, and which of them were refused. For one thread. */
final class SubmitMulti {
    private static final int ADDRESS = 1;
    private static final int LIST = 2;

    private final List<Address> addresses = new ArrayList<>();
    private final OctetWriter refused = new OctetWriter(64);
    private int numberRefused;
    private int destinations;
    private int status = CommandStatus.OK;
    private @Nullable MessageBody body;

    private SubmitMulti() {}

    /** @throws io.smspipeline.simulator.smsc.wire.MalformedPduException when it cannot be read */
    static SubmitMulti read(OctetReader in) {
        SubmitMulti multi = new SubmitMulti();
        String serviceType = in.cString(6);
        Address source = Address.read(in);
        multi.destinations = in.u8();
        if (multi.destinations < 1 || multi.destinations > Messages.MOST_OF_ONE_ID) {
            multi.status = CommandStatus.INVALID_NUMBER_OF_DESTINATIONS;
            return multi;
        }
        for (int i = 0; i < multi.destinations; i++) {
            switch (in.u8()) {
                case ADDRESS -> multi.addresses.add(Address.read(in));
                // This SMSC knows no distribution lists.
                case LIST -> multi.refuse(new Address(0, 0, in.cString(21)), CommandStatus.INVALID_DISTRIBUTION_LIST);
                default -> {
                    multi.status = CommandStatus.INVALID_DESTINATION_FLAG;
                    return multi;
                }
            }
        }
        multi.body = MessageBody.read(serviceType, source, new Address(0, 0, ""), in);
        return multi;
    }

    /** What is wrong with the whole; 0 when nothing is. */
    int status() {
        return status;
    }

    int destinations() {
        return destinations;
    }

    /** Each address with what it is to get. */
    void forEach(Consumer<MessageBody> each) {
        MessageBody same = body;
        if (same != null) {
            addresses.forEach(address -> each.accept(same.to(address)));
        }
    }

    /** This one does not get it. */
    void refuse(Address destination, int why) {
        numberRefused++;
        destination.write(refused);
        refused.i32(why);
    }

    /** What follows message_id in submit_multi_resp: no_unsuccess and unsuccess_sme, §4.5.2. */
    byte[] unsuccessful() {
        return new OctetWriter(1 + refused.length())
                .u8(numberRefused)
                .octets(refused.toByteArray())
                .toByteArray();
    }
}
