'use strict';

const REDELIVERY_DELAY_MS = 500;

/** Receipts and replies: kept until a session of their system_id can receive, and until the ESME has taken them. */
class Mailbox {
  /** @param tell called with an event for each answer */
  constructor(tell) {
    this.tell = tell;
    this.waiting = [];
    /** Session to its system_id, and to what it has not yet answered. */
    this.open = new Map();
  }

  /** @param delivery systemId, id of the message it belongs to, event ('receipt' or 'reply'), pdu as deliver_sm's options */
  offer(delivery) {
    for (const [session, { systemId }] of this.open) {
      if (systemId === delivery.systemId) {
        this.send(session, delivery);
        return;
      }
    }
    this.waiting.push(delivery);
  }

  join(systemId, session) {
    this.open.set(session, { systemId, unanswered: new Set() });
    this.offerAll(this.waiting.splice(0));
  }

  /** What the session had not answered goes to another, or waits. */
  leave(session) {
    const left = this.open.get(session);
    if (left) {
      this.open.delete(session);
      this.offerAll([...left.unanswered]);
    }
  }

  offerAll(deliveries) {
    deliveries.forEach((delivery) => this.offer(delivery));
  }

  send(session, delivery) {
    const { unanswered } = this.open.get(session);
    unanswered.add(delivery);
    session.deliver_sm(delivery.pdu, (answer) => {
      // An answer on a link that was given up meanwhile is too late: the delivery went to another.
      if (!unanswered.delete(delivery) || !this.open.has(session)) {
        return;
      }
      this.tell({ event: delivery.event, session: session.number, id: delivery.id, status: answer.command_status });
      if (answer.command_status !== 0) {
        setTimeout(() => this.offer(delivery), REDELIVERY_DELAY_MS);
      }
    });
  }
}

module.exports = { Mailbox };
