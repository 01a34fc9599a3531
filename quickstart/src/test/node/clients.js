'use strict';

/**
 * The providers' own clients against simulated ones: node clients.js PORT TWILIO VONAGE TOKEN SECRET SIGNATURE, where to listen for
 * callbacks, the addresses of the two APIs, the auth token and API secret, and what Vonage signs callbacks with. Prints for each
 * thing it saw one line of JSON: its name, and what the package made of it. Ends when all callbacks have come.
 */
const http = require('node:http');
const twilio = require('twilio');
const { validateRequest } = require('twilio/lib/webhooks/webhooks');
const { SMS } = require('@vonage/sms');

const [port, twilioAt, vonageAt, token, secret, signature] = process.argv.slice(2);
const account = 'AC00000000000000000000000000000001';
const mine = `http://127.0.0.1:${port}`;
const vonage = new SMS({ apiKey: 'demo', apiSecret: secret }, { restHost: vonageAt });
const awaited = new Set(['twilio status', 'twilio im', 'vonage status', 'vonage im']);

const tell = (name, told) => console.log(JSON.stringify({ name, ...told }));

/** What a call came to, whether it worked or not. */
async function tried(name, call, ofResult, ofFault) {
  try {
    tell(name, ofResult(await call()));
  } catch (fault) {
    tell(name, ofFault(fault));
  }
}

/** The package always goes to its own address: this one goes to ours instead. */
class ToOurs extends twilio.RequestClient {
  request(options) {
    const there = new URL(options.uri);
    return super.request({ ...options, uri: twilioAt + there.pathname + there.search });
  }
}

async function ofTwilio() {
  const client = (password) => twilio(account, password, { httpClient: new ToOurs(), autoRetry: false });
  const messages = client(token).messages;
  const from = '+14155550199';
  const ofFault = ({ status, code, moreInfo }) => ({ status, code, moreInfo });
  let sid = '';
  await tried(
    'twilio create',
    () => messages.create({ to: '+14155550100', from, body: 'Grüße [€] & more?', validityPeriod: 60 }),
    (message) => {
      sid = message.sid;
      return {
        ...message.toJSON(), created: message.dateCreated instanceof Date && !Number.isNaN(message.dateCreated.getTime()),
      };
    },
    ofFault,
  );
  await tried('twilio fetch', () => messages(sid).fetch(), (message) => message.toJSON(), ofFault);
  await tried(
    'twilio list', () => messages.list({ to: '+14155550100', limit: 5 }), (all) => ({ sids: all.map((each) => each.sid) }), ofFault,
  );
  const refusals = {
    'twilio bad recipient': [token, 'nobody'], 'twilio opted out': [token, '+14155550111'],
    'twilio too many': [token, '+14155550112'], 'twilio wrong token': ['wrong', '+14155550100'],
  };
  for (const [name, [password, to]] of Object.entries(refusals)) {
    await tried(name, () => client(password).messages.create({ to, from, body: 'Hi' }), (message) => message.toJSON(), ofFault);
  }
}

async function ofVonage() {
  const ofFault = (fault) => ({
    fault: fault.constructor.name, statuses: fault.getFailedMessages ? fault.getFailedMessages().map(({ status }) => status) : [],
  });
  const send = (name, client, params) => tried(name, () => client.send(params), (answer) => answer, ofFault);
  const from = 'AcmeInc';
  await send('vonage send', vonage, { to: '447700900000', from, text: 'Grüße & more?', type: 'unicode', clientRef: 'r1' });
  await send('vonage long', vonage, { to: '447700900001', from, text: 'long '.repeat(60) });
  await send('vonage barred', vonage, { to: '447700900007', from, text: 'Hi' });
  await send('vonage without sender', vonage, { to: '447700900001', text: 'Hi' });
  await send(
    'vonage wrong secret', new SMS({ apiKey: 'demo', apiSecret: 'wrong' }, { restHost: vonageAt }),
    { to: '447700900001', from, text: 'Hi' },
  );
}

function called(request, body) {
  const [, who, what] = new URL(request.url, mine).pathname.split('/');
  const params = request.headers['content-type'].startsWith('application/json')
    ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
  const genuine = (told) => (who === 'twilio'
    ? validateRequest(token, request.headers['x-twilio-signature'], mine + request.url, told)
    : vonage.verifySignature(told.sig, told, signature, 'SHA256HMAC'));
  const altered = { ...params, [who === 'twilio' ? 'To' : 'to']: 'altered' };
  tell(`${who} ${what}`, { params, genuine: genuine(params), genuineAltered: genuine(altered) });
  const last = !['sent', 'sending', 'queued'].includes(params.MessageStatus);
  if (last) {
    awaited.delete(`${who} ${what}`);
  }
}

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    called(request, Buffer.concat(chunks).toString('utf8'));
    response.writeHead(200).end();
  });
});
server.listen(Number(port), '127.0.0.1', async () => {
  await ofTwilio();
  await ofVonage();
  const end = Date.now() + 60_000;
  const look = setInterval(() => {
    if (awaited.size === 0 || Date.now() > end) {
      clearInterval(look);
      server.close();
      server.closeAllConnections();
    }
  }, 50);
});
