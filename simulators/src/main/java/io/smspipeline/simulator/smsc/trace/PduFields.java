package io.smspipeline.simulator.smsc.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.OctetReader;
import io.smspipeline.text.TextDecoder;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;

/** The fields behind the header of a PDU, SMPP 3.4 §4, by their names there in camelCase. */
final class PduFields {
    private static final HexFormat HEX = HexFormat.of();
    private static final HexFormat TAG = HEX.withUpperCase();
    private static final int MESSAGE_ID = 65;
    private static final int TIME = 17;

    private PduFields() {}

    /**
     * Writes them into the object that is open; those of a PDU that breaks off as far as it goes.
     *
     * @throws io.smspipeline.simulator.smsc.wire.MalformedPduException when it breaks off
     */
    static void write(int commandId, OctetReader in, JsonGenerator json) throws IOException {
        if (in.remaining() == 0) {
            return;
        }
        switch (commandId) {
            case CommandId.BIND_RECEIVER, CommandId.BIND_TRANSMITTER, CommandId.BIND_TRANSCEIVER -> bind(in, json);
            case CommandId.RESPONSE | CommandId.BIND_RECEIVER,
                    CommandId.RESPONSE | CommandId.BIND_TRANSMITTER,
                    CommandId.RESPONSE | CommandId.BIND_TRANSCEIVER -> {
                json.writeStringField("systemId", in.cString(16));
                if (in.remaining() > 0) {
                    json.writeStringField("tlvs", HEX.formatHex(in.octets(in.remaining())));
                }
            }
            case CommandId.OUTBIND -> json.writeStringField("systemId", in.cString(16));
            case CommandId.SUBMIT_SM, CommandId.DELIVER_SM -> message(MessageBody.read(in), json);
            case CommandId.DATA_SM -> message(MessageBody.readData(in), json);
            case CommandId.SUBMIT_MULTI -> {
                json.writeStringField("serviceType", in.cString(6));
                address("source", Address.read(in), json);
                json.writeNumberField("numberOfDests", in.u8());
            }
            case CommandId.QUERY_SM -> {
                json.writeStringField("messageId", in.cString(MESSAGE_ID));
                address("source", Address.read(in), json);
            }
            case CommandId.RESPONSE | CommandId.QUERY_SM -> {
                json.writeStringField("messageId", in.cString(MESSAGE_ID));
                json.writeStringField("finalDate", in.cString(TIME));
                json.writeNumberField("messageState", in.u8());
                json.writeNumberField("errorCode", in.u8());
            }
            case CommandId.CANCEL_SM -> {
                json.writeStringField("serviceType", in.cString(6));
                json.writeStringField("messageId", in.cString(MESSAGE_ID));
                address("source", Address.read(in), json);
                address("dest", Address.read(in), json);
            }
            case CommandId.REPLACE_SM -> replace(in, json);
            case CommandId.ALERT_NOTIFICATION -> {
                address("source", Address.read(in, MESSAGE_ID), json);
                address("esme", Address.read(in, MESSAGE_ID), json);
            }
            case CommandId.SUBMIT_SM_RESP,
                    CommandId.DELIVER_SM_RESP,
                    CommandId.DATA_SM_RESP,
                    CommandId.RESPONSE | CommandId.SUBMIT_MULTI ->
                json.writeStringField("messageId", in.cString(MESSAGE_ID));
            default -> {
                // A header alone, or nothing we know: the octets tell.
            }
        }
    }

    private static void bind(OctetReader in, JsonGenerator json) throws IOException {
        json.writeStringField("systemId", in.cString(16));
        json.writeStringField("password", in.cString(9));
        json.writeStringField("systemType", in.cString(13));
        json.writeStringField("interfaceVersion", "0x%02X".formatted(in.u8()));
        address("address", Address.read(in, 41), json);
    }

    private static void replace(OctetReader in, JsonGenerator json) throws IOException {
        json.writeStringField("messageId", in.cString(MESSAGE_ID));
        address("source", Address.read(in), json);
        json.writeStringField("scheduleDeliveryTime", in.cString(TIME));
        json.writeStringField("validityPeriod", in.cString(TIME));
        json.writeNumberField("registeredDelivery", in.u8());
        json.writeNumberField("smDefaultMsgId", in.u8());
        json.writeStringField("shortMessage", HEX.formatHex(in.octets(in.u8())));
    }

    private static void message(MessageBody body, JsonGenerator json) throws IOException {
        json.writeStringField("serviceType", body.serviceType());
        address("source", body.source(), json);
        address("dest", body.destination(), json);
        json.writeNumberField("esmClass", body.esmClass());
        json.writeNumberField("protocolId", body.protocolId());
        json.writeNumberField("priorityFlag", body.priority());
        json.writeStringField("scheduleDeliveryTime", body.scheduleTime());
        json.writeStringField("validityPeriod", body.validityPeriod());
        json.writeNumberField("registeredDelivery", body.registeredDelivery());
        json.writeNumberField("replaceIfPresentFlag", body.replaceIfPresent());
        json.writeNumberField("dataCoding", body.dataCoding());
        json.writeStringField("shortMessage", HEX.formatHex(body.shortMessage()));
        if (body.hasTlvs()) {
            json.writeObjectFieldStart("tlvs");
            for (Map.Entry<Integer, byte[]> tlv : body.tlvs().entrySet()) {
                json.writeStringField("0x" + TAG.toHexDigits(tlv.getKey().shortValue()), HEX.formatHex(tlv.getValue()));
            }
            json.writeEndObject();
        }
        String text = TextDecoder.GSM
                .decode(body.dataCoding(), body.content(), (body.esmClass() & 0x40) != 0)
                .text();
        if (text != null) {
            json.writeStringField("text", text);
        }
    }

    private static void address(String name, Address address, JsonGenerator json) throws IOException {
        json.writeNumberField(name + "Ton", address.ton());
        json.writeNumberField(name + "Npi", address.npi());
        json.writeStringField(name + "Addr", address.value());
    }
}
