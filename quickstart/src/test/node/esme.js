'use strict';

// An ESME that nobody here wrote: it binds at the port given, goes once through what an ESME does, tells each step as a
// line of JSON, and ends with 0.
const smpp = require('smpp');

const PATIENCE_MS = 120_000;
const HANDSET = { dest_addr_ton: 1, dest_addr_npi: 1, destination_addr: '447700900123' };
const SENDER = { source_addr_ton: 5, source_addr_npi: 0, source_addr: 'Shop' };
const delivered = [];

function tell(event, more) {
  process.stdout.write(`${JSON.stringify({ event, ...more })}\n`);
}

setTimeout(() => {
  process.stderr.write('not done within two minutes\n');
  process.exit(1);
}, PATIENCE_MS).unref();

const session = smpp.connect({ host: '127.0.0.1', port: Number(process.argv[2]) });

function ask(command, fields) {
  return new Promise((resolve) => {
    session[command](fields, resolve);
  });
}

function textOf(pdu) {
  const content = pdu.short_message;
  return typeof content === 'string' ? content : content.message;
}

async function eventually(found) {
  for (;;) {
    const value = found();
    if (value) {
      return value;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function receiptOf(id) {
  return eventually(() => delivered.find((pdu) => pdu.receipted_message_id === id));
}

session.on('deliver_sm', (pdu) => {
  delivered.push(pdu);
  session.send(pdu.response());
});
session.on('error', (error) => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});

async function submit(short_message, more) {
  const answer = await ask('submit_sm', { ...SENDER, ...HANDSET, registered_delivery: 1, short_message, ...more });
  tell('submit', { status: answer.command_status, id: answer.message_id });
  return answer.message_id;
}

async function tellReceipt(id) {
  const receipt = await receiptOf(id);
  tell('receipt', { id, state: receipt.message_state, esmClass: receipt.esm_class, text: textOf(receipt) });
}

async function main() {
  const bound = await ask('bind_transceiver', { system_id: 'demo', password: 'secret', interface_version: 0x34 });
  tell('bind', { status: bound.command_status, systemId: bound.system_id, version: bound.sc_interface_version });

  for (const part of [2, 1]) {
    const id = await submit(
      { udh: Buffer.from([5, 0, 3, 77, 2, part]), message: part === 1 ? 'Will all parts ' : 'be there €?' },
      // By itself node-smpp writes the octets of GSM 03.38 under the name of IA5.
      { esm_class: 0x40, data_coding: 8 },
    );
    await tellReceipt(id);
  }
  const reply = await eventually(() => delivered.find((pdu) => pdu.esm_class === 0));
  tell('reply', { from: reply.source_addr, text: textOf(reply) });

  const later = await submit('Later', { schedule_delivery_time: new Date(Date.now() + 3_600_000) });
  const asked = await ask('query_sm', { ...SENDER, message_id: later });
  tell('query', { status: asked.command_status, state: asked.message_state });
  const cancelled = await ask('cancel_sm', { ...SENDER, ...HANDSET, message_id: later });
  tell('cancel', { status: cancelled.command_status });
  await tellReceipt(later);
  const done = await ask('query_sm', { ...SENDER, message_id: later });
  tell('query', { status: done.command_status, state: done.message_state, finalDate: done.final_date });

  const alive = await ask('enquire_link', {});
  tell('enquire_link', { status: alive.command_status });
  const gone = await ask('unbind', {});
  tell('unbind', { status: gone.command_status });
  session.close();
}

main().then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
