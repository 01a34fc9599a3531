package io.smspipeline.provider.smpp.session;

import io.smspipeline.settings.Secret;

/**
 * Where and as whom to bind (SMPP 3.4 §4.1).
 *
 * @param systemId 1..15 characters
 * @param password at most 8 characters
 * @param systemType at most 12 characters; often empty
 * @param interfaceVersion 0x33, 0x34 or 0x50
 * @param addrTon {@code addr_ton} of the addresses served, 0..6
 * @param addrNpi {@code addr_npi} of the addresses served
 * @param addressRange which addresses a receiver serves, in the SMSC's own dialect; empty leaves it to the SMSC
 */
public record Login(
        String host,
        int port,
        String systemId,
        Secret password,
        String systemType,
        int interfaceVersion,
        int addrTon,
        int addrNpi,
        String addressRange) {

    /** The same account elsewhere, with the password as it is now. */
    public Login at(String newHost, int newPort, Secret newPassword) {
        return new Login(
                newHost, newPort, systemId, newPassword, systemType, interfaceVersion, addrTon, addrNpi, addressRange);
    }
}
