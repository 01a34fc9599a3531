'use strict';

const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const readline = require('node:readline');
const { after, before, test } = require('node:test');
const smpp = require('smpp');

const PATIENCE_MS = 20_000;
const events = [];
let child;
let port;

async function eventually(what, found) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = found();
    if (value) {
      return value;
    }
    assert.ok(Date.now() < end, `${what} did not happen; events: ${JSON.stringify(events)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function event(name, matching = () => true) {
  return eventually(name, () => events.find((each) => each.event === name && matching(each)));
}

/** An ESME on the same library: here it is the script that is tested. */
class Esme {
  static async connected() {
    const esme = new Esme();
    esme.delivered = [];
    esme.refuse = 0;
    esme.session = smpp.connect({ host: '127.0.0.1', port });
    esme.session.on('error', () => {});
    esme.session.on('deliver_sm', (pdu) => {
      if (esme.refuse > 0) {
        esme.refuse--;
        esme.session.send(pdu.response({ command_status: smpp.ESME_RX_T_APPN }));
      } else {
        esme.delivered.push(pdu);
        esme.session.send(pdu.response());
      }
    });
    await once(esme.session, 'connect');
    return esme;
  }

  static async bound(kind) {
    const esme = await Esme.connected();
    assert.equal((await esme.ask(`bind_${kind}`, { system_id: 'demo', password: 'secret' })).command_status, 0);
    return esme;
  }

  ask(command, options = {}) {
    return new Promise((resolve) => this.session[command](options, resolve));
  }

  submit(short_message, more = {}) {
    return this.ask('submit_sm', {
      source_addr: '12345',
      dest_addr_ton: 1,
      dest_addr_npi: 1,
      destination_addr: '447700900123',
      registered_delivery: 1,
      data_coding: 0,
      short_message,
      ...more,
    });
  }
}

before(async () => {
  child = spawn(process.execPath, ['smsc.js', '--port', '0'], {
    cwd: __dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  readline.createInterface({ input: child.stdout }).on('line', (line) => events.push(JSON.parse(line)));
  port = (await event('listening')).port;
});

after(async () => {
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
});

test('a question is accepted, receipted and answered on a transceiver', async () => {
  const esme = await Esme.bound('transceiver');
  await event('bind', (each) => each.kind === 'transceiver');

  const { message_id: id } = await esme.submit('Grüße [€] from node?');

  assert.match(id, /^0[0-9A-F]+$/);
  const submit = await event('submit', (each) => each.id === id);
  assert.equal(submit.text, 'Grüße [€] from node?');
  assert.equal(submit.to, '447700900123');
  const receipt = await eventually('receipt', () => esme.delivered.find((pdu) => pdu.esm_class === 4));
  assert.match(receipt.short_message.message, new RegExp(`^id:${id} .* stat:DELIVRD err:000 text:Gr`));
  assert.equal(receipt.source_addr, '447700900123');
  assert.equal(receipt.destination_addr, '12345');
  const reply = await eventually('reply', () => esme.delivered.find((pdu) => pdu.esm_class === 0));
  assert.equal(reply.short_message.message, 'You asked: Grüße [€] from node?');
  assert.equal(reply.data_coding, 0);
  await event('receipt', (each) => each.id === id && each.status === 0);
  await event('reply', (each) => each.id === id && each.status === 0);
  await esme.ask('unbind');
  await event('unbind');
});

test('a receipt waits for a receiver, and comes again when it is refused', async () => {
  const transmitter = await Esme.bound('transmitter');
  const { message_id: id } = await transmitter.submit('Привет', { data_coding: 8 });
  assert.equal((await event('submit', (each) => each.id === id)).text, 'Привет');

  const receiver = await Esme.connected();
  receiver.refuse = 1;
  await receiver.ask('bind_receiver', { system_id: 'demo', password: 'secret' });

  await event('receipt', (each) => each.id === id && each.status === smpp.ESME_RX_T_APPN);
  await event('receipt', (each) => each.id === id && each.status === 0);
  assert.equal(receiver.delivered.length, 1);
  transmitter.session.destroy();
  receiver.session.destroy();
});

test('a receipt left unanswered on a lost link goes to the next session', async () => {
  const lost = await Esme.bound('transceiver');
  lost.session.removeAllListeners('deliver_sm');
  let seen = false;
  lost.session.on('deliver_sm', () => (seen = true));
  const { message_id: id } = await lost.submit('Hello');
  await eventually('delivery', () => seen);
  lost.session.destroy();

  const next = await Esme.bound('receiver');

  await event('receipt', (each) => each.id === id && each.status === 0);
  next.session.destroy();
});

test('parts are told apart', async () => {
  const esme = await Esme.bound('transceiver');

  const { message_id: id } = await esme.submit({ udh: Buffer.from([5, 0, 3, 7, 2, 1]), message: 'first half' });

  assert.deepEqual((await event('submit', (each) => each.id === id)).part, { reference: 7, total: 2, number: 1 });
  esme.session.destroy();
});

test('no receipt comes where none was asked for', async () => {
  const esme = await Esme.bound('transceiver');
  const { message_id: unasked } = await esme.submit('Quiet', { registered_delivery: 0 });
  const { message_id: asked } = await esme.submit('Loud');

  await event('receipt', (each) => each.id === asked);

  assert.equal(events.find((each) => each.event === 'receipt' && each.id === unasked), undefined);
  esme.session.destroy();
});

test('a stranger, a wrong password, a second bind and a submit on a receiver are refused', async () => {
  const esme = await Esme.connected();
  const status = async (command, options) => (await esme.ask(command, options)).command_status;

  assert.equal(await status('bind_transmitter', { system_id: 'else', password: 'secret' }), smpp.ESME_RINVSYSID);
  assert.equal(await status('bind_transmitter', { system_id: 'demo', password: 'wrong' }), smpp.ESME_RINVPASWD);
  assert.equal(await status('bind_receiver', { system_id: 'demo', password: 'secret' }), 0);
  assert.equal(await status('bind_receiver', { system_id: 'demo', password: 'secret' }), smpp.ESME_RALYBND);
  assert.equal((await esme.submit('Hello')).command_status, smpp.ESME_RINVBNDSTS);
  assert.equal(await status('enquire_link'), 0);
  esme.session.destroy();
});
