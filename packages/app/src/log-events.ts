import type { Shop } from '@vpn-kiosk/shop'

/** One thing that happened in the business: its name, and ids; never what a person is called or writes. */
type BusinessEvent = readonly [name: string, ids: Readonly<Record<string, unknown>>]

interface EventLog {
  info(fields: object, message: string): void
}

/** At most so many lines of one kind a minute, so that many sales do not push everything else out of the log. */
const mostPerMinute = 60
const minuteMs = 60_000

/**
 * The same shop, with a line in the log for each thing that a verb did. A verb that changed nothing, or was called a
 * second time, leaves no line. Beyond 60 lines a minute the events of a kind are counted.
 */
export function logEvents(shop: Shop, log: EventLog, now: () => number = () => performance.now()): Shop {
  const say = rateBounded(log, now)
  const logged =
    <Input extends unknown[], Result>(
      verb: (...input: Input) => Promise<Result>,
      describe: (result: Result, ...input: Input) => BusinessEvent | null,
    ) =>
    async (...input: Input): Promise<Result> => {
      const result = await verb(...input)
      const event = describe(result, ...input)
      if (event) say(event)
      return result
    }
  const whenSettled = ({ kind }: { kind: string }, paymentId: string): BusinessEvent | null =>
    kind === 'settled' ? ['paid', { paymentId }] : null
  let reach = ''

  return {
    ...shop,
    settlePayment: logged(shop.settlePayment, whenSettled),
    checkPayment: logged(shop.checkPayment, (result, _customerId, paymentId) => whenSettled(result, paymentId)),
    recheckPayment: logged(shop.recheckPayment, whenSettled),
    inspectRefund: logged(shop.inspectRefund, ({ kind }, paymentId) =>
      kind === 'refunded' ? ['refund seen', { paymentId }] : null,
    ),
    startTrial: logged(shop.startTrial, (result, customerId) =>
      result.kind === 'started' ? ['trial started', { customerId, subscriptionId: result.subscriptionId }] : null,
    ),
    expireSubscriptions: logged(shop.expireSubscriptions, (count) =>
      count > 0 ? ['subscriptions expired', { count }] : null,
    ),
    banCustomer: logged(shop.banCustomer, ({ kind }, actor, customerId) =>
      kind === 'banned' ? ['customer banned', { customerId, actor: String(actor) }] : null,
    ),
    unbanCustomer: logged(shop.unbanCustomer, ({ kind }, actor, customerId) =>
      kind === 'unbanned' ? ['customer unbanned', { customerId, actor: String(actor) }] : null,
    ),
    changeServerState: logged(shop.changeServerState, ({ kind }, actor, serverId, state) =>
      kind === 'changed' ? ['server state changed', { serverId, state, actor: String(actor) }] : null,
    ),
    probeServers: logged(shop.probeServers, (report) => {
      const seen = JSON.stringify(report)
      if (seen === reach) return null
      reach = seen
      return ['servers probed', { ...report }]
    }),
    receiveCustomerMessage: logged(shop.receiveCustomerMessage, ({ kind, ticket }) =>
      kind === 'opened' || kind === 'reopened' ? [`ticket ${kind}`, { ticketId: ticket.id }] : null,
    ),
    closeTicket: logged(shop.closeTicket, (result) =>
      result.kind === 'closed' ? ['ticket closed', { ticketId: result.ticket.id }] : null,
    ),
    reopenTicket: logged(shop.reopenTicket, (result) =>
      result.kind === 'reopened' ? ['ticket reopened', { ticketId: result.ticket.id }] : null,
    ),
  }
}

function rateBounded(log: EventLog, now: () => number) {
  const kinds = new Map<string, { since: number; said: number; passedOver: number }>()
  return ([name, ids]: BusinessEvent): void => {
    let kind = kinds.get(name)
    if (!kind || now() - kind.since >= minuteMs) {
      if (kind && kind.passedOver > 0) log.info({ event: name, passedOver: kind.passedOver }, `${name}: more of them`)
      kind = { since: now(), said: 0, passedOver: 0 }
      kinds.set(name, kind)
    }
    if (kind.said === mostPerMinute) {
      kind.passedOver += 1
      return
    }
    kind.said += 1
    log.info({ event: name, ...ids }, name)
  }
}
