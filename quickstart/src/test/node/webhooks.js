'use strict';

/**
 * Calls webhooks as providers do, signed by their own packages: node webhooks.js ADDRESS TOKEN SECRET, the address up to and with the
 * secret path, the auth token of the account "us" at Twilio and the signature secret of the account "eu" at Vonage. Prints for each
 * call one line of JSON: its name, what the package itself says of the signature, and the status it was answered with.
 */
const { createHash, createHmac, randomUUID } = require('node:crypto');
const twilio = require('twilio/lib/webhooks/webhooks');
const vonage = require('@vonage/jwt');
const { SMS } = require('@vonage/sms');
const jwt = require('jsonwebtoken');

const [address, token, secret] = process.argv.slice(2);
const form = 'application/x-www-form-urlencoded';
const json = 'application/json';

async function call(name, valid, url, type, body, headers) {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': type, ...headers }, body });
  console.log(JSON.stringify({
    name, valid, status: answer.status, type: answer.headers.get('content-type'), body: await answer.text(),
  }));
}

async function ofTwilio() {
  const url = `${address}/us/im?k=1`;
  const params = {
    AccountSid: 'AC00000000000000000000000000000001', ApiVersion: '2010-04-01', Body: 'Hello & grüße = 1 ✓',
    From: '+14155550100', MessageSid: 'SM00000000000000000000000000000001', NumMedia: '0', NumSegments: '1',
    SmsStatus: 'received', To: '+14155550199',
  };
  const headers = { 'x-twilio-signature': twilio.getExpectedTwilioSignature(token, url, params) };
  const send = (name, told) => call(
    name, twilio.validateRequest(token, headers['x-twilio-signature'], url, told), url, form,
    new URLSearchParams(told).toString(), headers,
  );
  await send('twilio message', params);
  await send('twilio message, one octet altered', { ...params, Body: 'Hello & grüße = 2 ✓' });

  const body = JSON.stringify({ MessageSid: 'SM00000000000000000000000000000002', MessageStatus: 'delivered' });
  const hashed = `${address}/us/status?bodySHA256=${twilio.getExpectedBodyHash(body)}`;
  const signature = twilio.getExpectedTwilioSignature(token, hashed, {});
  const post = (name, text) => call(
    name, twilio.validateRequestWithBody(token, signature, hashed, text), hashed, json, text,
    { 'x-twilio-signature': signature },
  );
  await post('twilio status in JSON', body);
  await post('twilio status in JSON, one octet altered', body.replace('delivered', 'deliverec'));
}

async function ofVonage() {
  const url = `${address}/eu/im`;
  const body = JSON.stringify({
    message_uuid: randomUUID(), to: '447700900000', from: '447700900001', timestamp: new Date().toISOString(),
    text: 'Hello from Vonage', channel: 'sms',
  });
  const hash = createHash('sha256').update(body).digest('hex');
  const signed = jwt.sign({ jti: randomUUID(), iss: 'Vonage', payload_hash: hash, api_key: 'a1b2c3d' }, secret);
  const send = (name, told, text) => call(
    name, vonage.verifySignature(told, secret), url, json, text, { authorization: `Bearer ${told}` },
  );
  await send('vonage message', signed, body);
  // The package looks at the token alone; that the body is the one it was made for is ours to see.
  await send('vonage message, one octet of the body altered', signed, body.replace('Hello', 'Hallo'));
  const [head, claims, proof] = signed.split('.');
  const other = proof[4] === 'A' ? 'B' : 'A';
  const altered = `${head}.${claims}.${proof.slice(0, 4)}${other}${proof.slice(5)}`;
  await send('vonage message, one octet of the token altered', altered, body);
}

/** The parameter sig of the SMS API, which the package checks and cannot make: made here as Vonage documents it. */
function sig(params) {
  const data = Object.keys(params).sort().map((key) => `&${key}=${params[key].replace(/[&=]/g, '_')}`).join('');
  return createHmac('sha256', secret).update(data).digest('hex');
}

async function ofVonageSms() {
  const sms = new SMS({ apiKey: 'abcd1234', apiSecret: 'dummy' });
  const now = new Date().toISOString();
  const signed = (params) => {
    const told = {
      ...params, 'api-key': 'abcd1234', timestamp: `${Math.floor(Date.now() / 1000)}`, nonce: randomUUID(),
    };
    return { ...told, sig: sig(told) };
  };
  const says = (told) => sms.verifySignature(told.sig, told, secret, 'SHA256HMAC');
  const asForm = (name, word, told) => call(
    name, says(told), `${address}/eu/${word}`, form, new URLSearchParams(told).toString(), {},
  );
  const asJson = (name, word, told) => call(
    name, says(told), `${address}/eu/${word}`, json, JSON.stringify(told), {},
  );
  const asQuery = async (name, word, told) => {
    const answer = await fetch(`${address}/eu/${word}?${new URLSearchParams(told)}`);
    console.log(JSON.stringify({
      name, valid: says(told), status: answer.status, type: answer.headers.get('content-type'), body: await answer.text(),
    }));
  };
  const message = signed({
    msisdn: '447700900001', to: '447700900000', messageId: '0A0000000123ABCD1', text: 'Hello & bye=1 ü', type: 'text',
    keyword: 'HELLO', 'message-timestamp': now,
  });
  await asForm('vonage message with sig', 'im', message);
  await asForm('vonage message with sig, one octet altered', 'im', { ...message, text: 'Hello & bye=2 ü' });
  const receipt = () => signed({
    msisdn: '447700900000', to: 'AcmeInc', 'network-code': '23410', messageId: '0A0000001234567B', price: '0.03330000',
    status: 'delivered', scts: '2001011400', 'err-code': '0', 'message-timestamp': now,
  });
  await asJson('vonage receipt with sig in JSON', 'status', receipt());
  await asJson('vonage receipt with sig in JSON, one octet altered', 'status', { ...receipt(), status: 'deliveree' });
  await asQuery('vonage receipt with sig in the query', 'status', receipt());
  await asQuery('vonage receipt with sig in the query, one octet altered', 'status', { ...receipt(), 'err-code': '1' });
}

ofTwilio().then(ofVonage).then(ofVonageSms).catch((fault) => {
  console.error(fault);
  process.exitCode = 1;
});
