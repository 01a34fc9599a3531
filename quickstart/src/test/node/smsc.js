'use strict';
/*
 * An SMSC on node-smpp, for tests: an implementation of SMPP that shares no line with this project.
 *
 *     node smsc.js [--port N] [--system-id demo] [--password secret]
 *
 * Listens on 127.0.0.1 and prints one JSON object a line on stdout; the first names the port. Every accepted message that asks
 * for a receipt gets one, a text that ends in "?" is answered by its handset. What an ESME refuses, or leaves unanswered when
 * its link ends, is delivered again. Ends on SIGTERM and SIGINT.
 */
const { parseArgs } = require('node:util');
const smpp = require('smpp');
const { Mailbox } = require('./mailbox');

const RECEIPT_DELAY_MS = 200;
const REPLY_DELAY_MS = 300;
const KINDS = {
  bind_transmitter: { name: 'transmitter', submits: true, receives: false },
  bind_receiver: { name: 'receiver', submits: false, receives: true },
  bind_transceiver: { name: 'transceiver', submits: true, receives: true },
};

const options = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'system-id': { type: 'string', default: 'demo' },
    password: { type: 'string', default: 'secret' },
  },
}).values;

const mailbox = new Mailbox(tell);
// In upper case hex behind a zero: whoever compares ids as numbers, or as they are, must find its message by both.
let nextId = Date.now();
let sessions = 0;

function tell(event) {
  process.stdout.write(JSON.stringify(event) + '\n');
}

/** What node-smpp made of a short_message or message_payload: the text, or hex where it knows no such alphabet. */
function content(pdu) {
  const body = pdu.message_payload || pdu.short_message;
  const message = body.message;
  const told = Buffer.isBuffer(message) ? { hex: message.toString('hex') } : { text: message };
  const concatenation = (body.udh || []).find((element) => element[0] === 0x00 && element.length === 5);
  if (concatenation) {
    told.part = { reference: concatenation[2], total: concatenation[3], number: concatenation[4] };
  }
  return told;
}

function minute(date) {
  return date.toISOString().replace(/[-T:]/g, '').slice(2, 12);
}

/** Appendix B of SMPP 3.4, and no TLVs: many an SMSC sends none. */
function receipt(pdu, id, text) {
  const now = minute(new Date());
  return {
    source_addr_ton: pdu.dest_addr_ton,
    source_addr_npi: pdu.dest_addr_npi,
    source_addr: pdu.destination_addr,
    dest_addr_ton: pdu.source_addr_ton,
    dest_addr_npi: pdu.source_addr_npi,
    destination_addr: pdu.source_addr,
    esm_class: smpp.ESM_CLASS.MC_DELIVERY_RECEIPT,
    data_coding: 0,
    short_message: Buffer.from(
      `id:${id} sub:001 dlvrd:001 submit date:${now} done date:${now} stat:DELIVRD err:000 text:` +
        text.slice(0, 20).replace(/[^ -~]/g, '?'),
      'latin1',
    ),
  };
}

function reply(pdu, question) {
  const text = `You asked: ${question}`;
  return {
    source_addr_ton: pdu.dest_addr_ton,
    source_addr_npi: pdu.dest_addr_npi,
    source_addr: pdu.destination_addr,
    dest_addr_ton: pdu.source_addr_ton,
    dest_addr_npi: pdu.source_addr_npi,
    destination_addr: pdu.source_addr,
    // Left to itself node-smpp writes the GSM alphabet and calls it data_coding 1, which is ASCII.
    data_coding: smpp.encodings.ASCII.match(text) ? 0 : 8,
    short_message: text,
  };
}

function submitted(session, pdu, systemId) {
  const id = '0' + (nextId++).toString(16).toUpperCase();
  const read = content(pdu);
  tell({
    event: 'submit',
    session: session.number,
    id,
    from: pdu.source_addr,
    to: pdu.destination_addr,
    dataCoding: pdu.data_coding,
    registeredDelivery: pdu.registered_delivery,
    ...read,
  });
  session.send(pdu.response({ message_id: id }));
  const text = read.text || '';
  // 1: a receipt in any case; 3: for success alone. Everything succeeds here.
  if (pdu.registered_delivery & 1) {
    setTimeout(() => mailbox.offer({ systemId, event: 'receipt', id, pdu: receipt(pdu, id, text) }), RECEIPT_DELAY_MS);
  }
  if (text.endsWith('?')) {
    setTimeout(() => mailbox.offer({ systemId, event: 'reply', id, pdu: reply(pdu, text) }), REPLY_DELAY_MS);
  }
}

function bind(session, kind, pdu) {
  const refusal =
    session.kind ? smpp.ESME_RALYBND
    : pdu.system_id !== options['system-id'] ? smpp.ESME_RINVSYSID
    : pdu.password !== options.password ? smpp.ESME_RINVPASWD
    : 0;
  if (refusal) {
    tell({ event: 'bind-refused', session: session.number, kind: kind.name, status: refusal });
    session.send(pdu.response({ command_status: refusal }));
    return;
  }
  session.kind = kind;
  tell({ event: 'bind', session: session.number, kind: kind.name, systemId: pdu.system_id });
  session.send(pdu.response({ system_id: 'node-smpp' }));
  if (kind.receives) {
    mailbox.join(pdu.system_id, session);
  }
}

function serve(session) {
  session.number = ++sessions;
  for (const [command, kind] of Object.entries(KINDS)) {
    session.on(command, (pdu) => bind(session, kind, pdu));
  }
  session.on('submit_sm', (pdu) => {
    if (session.kind?.submits) {
      submitted(session, pdu, options['system-id']);
    } else {
      session.send(pdu.response({ command_status: smpp.ESME_RINVBNDSTS }));
    }
  });
  session.on('enquire_link', (pdu) => session.send(pdu.response()));
  session.on('unbind', (pdu) => {
    tell({ event: 'unbind', session: session.number });
    mailbox.leave(session);
    session.send(pdu.response());
    session.close();
  });
  session.on('unknown', (pdu) => session.send(pdu.response()));
  session.on('error', (error) => {
    tell({ event: 'error', session: session.number, what: error.message });
    session.destroy();
  });
  session.on('close', () => mailbox.leave(session));
}

const server = smpp.createServer(serve);
server.on('error', (error) => {
  process.stderr.write(`cannot listen at 127.0.0.1:${options.port}: ${error.message}\n`);
  process.exit(2);
});
server.listen(Number(options.port), '127.0.0.1', () => tell({ event: 'listening', port: server.address().port }));
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => process.exit(0));
}
