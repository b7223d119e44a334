import {
  addMs,
  type Clock,
  type InvoiceRequest,
  type ListedPayment,
  money,
  ProviderBusy,
  ProviderRefused,
  ProviderUnclear,
  ProviderUnreachable,
  type RefundRequest,
} from '@vpn-kiosk/domain'
import { createWata } from '@vpn-kiosk/payments'
import { describe, expect, test } from 'vitest'
import { type CannedAnswer, openCannedProvider } from './canned-provider.ts'
import { readRecorded } from './recorded-bodies.ts'

const reference = 'pay_8x2k0000000000000000'
const request: InvoiceRequest = {
  paymentId: reference,
  amount: money(17_900, 'RUB'),
  description: 'One month',
  returnUrl: 'https://t.me/a_bot',
  expiresAt: new Date('2026-10-01T11:00:00Z'),
  isFirst: true,
}

/** Header and signature are not looked at; the middle says when it runs out. */
const token = `h.${Buffer.from('{"exp":1798761600,"terminal":"secret"}').toString('base64url')}.s`

function startClock(): Clock & { advance(ms: number): void } {
  let now = new Date('2026-10-01T10:00:00Z')
  return {
    now: () => now,
    advance: (ms) => {
      now = addMs(now, ms)
    },
  }
}
const connect = (apiUrl: string, clock: Clock = startClock()) =>
  createWata({ token, apiUrl, retryDelaysMs: [1, 1], timeoutMs: 2000 }, clock)

const json = (body: unknown, status = 200): CannedAnswer => ({ status, body: JSON.stringify(body) })
const recorded = (name: Parameters<typeof readRecorded>[0]) => readRecorded(name).toString('utf8')
const link = { body: recorded('wata-link') }
const [paid] = (JSON.parse(recorded('wata-transactions')) as { items: [object] }).items
const page = (...items: object[]) => json({ totalCount: items.length, items })
const refund = { ...paid, kind: 'Refund', id: '3a1f0000-0000-4000-8000-00000000000r', totalCommission: null }

describe('a Wata link', () => {
  test.each([
    ['179', money(17_900, 'RUB')],
    ['179.5', money(17_950, 'RUB')],
    ['10', money(1_000, 'RUB')],
    ['999999.99', money(99_999_999, 'RUB')],
    ['1', money(100, 'USD')],
    ['16.29', money(1_629, 'EUR')],
  ])('asks for the number %s, and first of all', async (written, amount) => {
    await using provider = await openCannedProvider(link)
    const invoice = await connect(provider.url).createInvoice({ ...request, amount })
    expect(invoice.reference).toBe(reference)
    expect(invoice.url).toMatch(/^https:\/\/payment\.wata\.pro\//)
    expect(provider.heard).toMatchObject([{ call: 'POST /links' }])
    expect(provider.heard[0]?.body).toContain(`"amount":${written},`)
    expect(JSON.parse(provider.heard[0]?.body ?? '')).toMatchObject({
      orderId: reference,
      currency: amount.currency,
      expirationDateTime: '2026-10-01T11:00:00.000Z',
    })
  })

  test.each([
    ['10.00 to 999999.99 RUB, not 9.99', money(999, 'RUB')],
    ['not 1000000.00', money(100_000_000, 'RUB')],
    ['1.00 to 999999.99 EUR', money(99, 'EUR')],
    ['not USDT', money(1_000_000, 'USDT')],
  ])('is refused without asking: %s', async (sentence, amount) => {
    await using provider = await openCannedProvider(link)
    const refused = connect(provider.url).createInvoice({ ...request, amount })
    await expect(refused).rejects.toThrow(sentence)
    await expect(refused).rejects.toBeInstanceOf(ProviderRefused)
    expect(provider.heard).toEqual([])
  })

  test.each([
    ['a quarter of an hour at least', '2026-10-01T10:01:00Z', '2026-10-01T10:15:00.000Z'],
    ['thirty days at most', '2027-10-01T10:00:00Z', '2026-10-31T10:00:00.000Z'],
  ])('lives %s', async (_, expiresAt, sent) => {
    await using provider = await openCannedProvider(link)
    await connect(provider.url).createInvoice({ ...request, expiresAt: new Date(expiresAt) })
    expect(provider.heard[0]?.body).toContain(`"expirationDateTime":"${sent}"`)
  })

  test('of an attempt before is looked for by the order, unless nobody can have asked for it', async () => {
    await using provider = await openCannedProvider(json({ items: [JSON.parse(link.body)] }))
    expect((await connect(provider.url).createInvoice({ ...request, isFirst: false })).url).toContain(
      'payment.wata.pro',
    )
    expect(provider.heard.map(({ call }) => call)).toEqual([`GET /links/?orderId=${reference}`])
  })

  test('of another order is not ours, should Wata not filter', async () => {
    const other = { ...JSON.parse(link.body), orderId: 'pay_0000', url: 'https://other.example' }
    await using provider = await openCannedProvider(page(other), link)
    expect((await connect(provider.url).createInvoice({ ...request, isFirst: false })).url).toContain(
      'payment.wata.pro',
    )
  })

  test('that is found without its page makes no second one', async () => {
    await using provider = await openCannedProvider(page({ orderId: reference, status: 'Opened' }))
    const failed = connect(provider.url).createInvoice({ ...request, isFirst: false })
    await expect(failed).rejects.toBeInstanceOf(ProviderUnreachable)
    expect(provider.heard.map(({ call }) => call)).not.toContain('POST /links')
  })

  test.each([
    ['in a header', { status: 429, headers: { 'retry-after': '17' }, body: '{}' }, 17_000],
    ['in the body', json({ error: { data: { retryAfterSeconds: 12 } } }, 429), 12_000],
    ['nowhere', { status: 429, body: 'slow down' }, 30_000],
  ])('that is asked for too soon says how long to wait, named %s', async (_, answer, retryAfterMs) => {
    await using provider = await openCannedProvider(answer)
    const failure = await connect(provider.url)
      .createInvoice({ ...request, isFirst: false })
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProviderBusy)
    expect(failure).toMatchObject({ retryAfterMs })
    expect(provider.heard).toHaveLength(1)
  })
})

describe('a recorded Wata transaction', () => {
  const statusOf = async (...answers: CannedAnswer[]) => {
    await using provider = await openCannedProvider(...answers)
    return await connect(provider.url).fetchStatus(reference)
  }
  const received = money(17_900, 'RUB')

  test('that was paid reports its amount, instant, fee and our own id', async () => {
    expect(await statusOf({ body: recorded('wata-transactions') })).toEqual({
      kind: 'paid',
      received,
      paidAt: new Date('2026-10-01T10:03:11Z'),
      paymentId: reference,
      fee: money(537, 'RUB'),
    })
  })

  test.each([
    ['a commission that is no exact sum', [{ ...paid, totalCommission: 5.375 }], { received, fee: undefined }],
    [
      'two payments',
      [paid, { ...paid, totalCommission: 1 }],
      { received: money(35_800, 'RUB'), fee: money(637, 'RUB') },
    ],
    ['a declined attempt before', [paid, { ...paid, status: 'Declined', amount: 5 }], { received }],
    [
      'a part given back',
      [{ ...refund, amount: 79.9 }, paid],
      { received: money(9_910, 'RUB'), refunded: money(7_990, 'RUB') },
    ],
    ['a refund that was declined', [{ ...refund, status: 'Declined' }, paid], { received, refunded: undefined }],
    ['more given back than came', [{ ...refund, amount: 200 }, paid], { received: { raw: '179.00 RUB - 200.00 RUB' } }],
    ['two currencies', [paid, { ...paid, currency: 'USD' }], { received: { raw: '179.00 RUB + 179.00 USD' } }],
    ['a currency that nobody knows', [{ ...paid, currency: 'KZT' }], { received: { raw: '179 KZT' } }],
    ['one without its order beside it', [{ ...paid, orderId: null }, paid], { received }],
    ['no kind', [{ ...paid, kind: undefined }], { received }],
    ['the payment of another order beside it', [{ ...paid, orderId: 'pay_0000' }, paid], { received }],
  ])('with %s is heard as paid', async (_, items, expected) => {
    const status = await statusOf(page(...items))
    expect({ fee: undefined, refunded: undefined, ...status }).toMatchObject({ kind: 'paid', ...expected })
  })

  test.each([
    ['Created', undefined],
    ['Pending', undefined],
    ['OnHold', 'OnHold'],
    [null, '(nothing)'],
  ])('in the state %j is pending', async (status, unknownWord) => {
    expect(await statusOf(page({ ...paid, status }))).toEqual({ kind: 'pending', ...(unknownWord && { unknownWord }) })
  })

  test('of a kind that nobody knows is pending, with its words', async () => {
    const status = await statusOf(page({ ...paid, kind: 'Chargeback' }))
    expect(status).toEqual({ kind: 'pending', unknownWord: 'Chargeback Paid' })
  })

  test('that was declined leaves the link open while there is one', async () => {
    const declined = page({ ...paid, status: 'Declined' })
    expect(await statusOf(declined, page(JSON.parse(link.body)))).toEqual({ kind: 'pending' })
    expect(await statusOf(declined, page())).toEqual({ kind: 'unknown_invoice' })
  })

  test('of another order alone is not ours', async () => {
    expect(await statusOf(page({ ...paid, orderId: 'pay_0000' }), page())).toEqual({ kind: 'unknown_invoice' })
  })

  test('without its order is unclear', async () => {
    await expect(statusOf(page({ ...paid, orderId: null }))).rejects.toBeInstanceOf(ProviderUnclear)
  })

  test('that pends is remembered for half a minute, and says when it may be asked about', async () => {
    const clock = startClock()
    await using provider = await openCannedProvider(page({ ...paid, status: 'Pending' }), page(paid as object))
    const wata = connect(provider.url, clock)
    expect(await wata.fetchStatus(reference)).toEqual({ kind: 'pending' })
    clock.advance(29_999)
    const askAgainAt = new Date('2026-10-01T10:00:30Z')
    expect(await wata.fetchStatus(reference)).toEqual({ kind: 'pending', askAgainAt })
    expect(provider.heard).toHaveLength(1)
    clock.advance(1)
    expect(await wata.fetchStatus(reference)).toMatchObject({ kind: 'paid' })
  })
})

describe('a Wata refund', () => {
  const asked: RefundRequest = {
    refundId: 'rfd_0000000000000000000',
    reference,
    amount: money(5_000, 'RUB'),
    refundedBefore: money(0, 'RUB'),
    reason: 'asked for',
  }
  const ask = async (changes: Partial<RefundRequest>, ...answers: CannedAnswer[]) => {
    await using provider = await openCannedProvider(...answers)
    const outcome = await connect(provider.url)
      .refundPayment({ ...asked, ...changes })
      .catch((error: unknown) => error)
    return {
      outcome,
      sent: provider.heard.filter(({ call }) => call === 'POST /refunds').map(({ body }) => JSON.parse(body)),
    }
  }
  const made = { ...refund, amount: 50 }
  const original = '3a1f4c52-7d0b-4e0e-9a57-0f6d0c1b2a33'

  test.each([
    ['Paid', { kind: 'done', reference: made.id }],
    ['Pending', { kind: 'pending', reference: made.id }],
    ['Declined', { kind: 'failed', reason: 'TRA_1' }],
  ])('that is answered as %s', async (status, outcome) => {
    const answer = json({ ...made, status, errorCode: 'TRA_1' })
    expect(await ask({}, page(paid), answer)).toEqual({
      outcome,
      sent: [{ originalTransactionId: original, amount: 50 }],
    })
  })

  test('that an attempt before has made is not made again', async () => {
    expect(await ask({}, page(made, paid))).toEqual({ outcome: { kind: 'done', reference: made.id }, sent: [] })
    const pending = { ...made, status: 'Pending' }
    expect(await ask({}, page(pending, paid))).toEqual({ outcome: { kind: 'pending', reference: made.id }, sent: [] })
  })

  test('is a further one by what was given back before', async () => {
    const { sent } = await ask({ refundedBefore: money(5_000, 'RUB') }, page(made, paid), json(made))
    expect(sent).toHaveLength(1)
  })

  test.each([
    ['more was given back than the shop knows of', [{ ...made, amount: 60 }, paid], {}],
    ['less was given back than the shop knows of', [paid], { refundedBefore: money(5_000, 'RUB') }],
    ['nothing was paid', [{ ...paid, status: 'Declined' }], {}],
    ['no payment has so much left', [paid], { amount: money(17_901, 'RUB') }],
  ])('is refused where %s', async (_, items, changes) => {
    const { outcome, sent } = await ask(changes, page(...items))
    expect(outcome).toBeInstanceOf(ProviderRefused)
    expect(sent).toEqual([])
  })

  test('is taken from the payment that has so much left', async () => {
    const drained = { ...made, amount: 170, originalTransactionId: original }
    const second = { ...paid, id: '3a1f0000-0000-4000-8000-00000000000b' }
    const { sent } = await ask(
      { refundedBefore: money(17_000, 'RUB') },
      page(drained, paid as object, second),
      json(made),
    )
    expect(sent).toMatchObject([{ originalTransactionId: second.id }])
  })

  test('that the terminal does not allow is refused in its words', async () => {
    const { outcome } = await ask({}, page(paid), { status: 400, body: recorded('wata-error') })
    expect(outcome).toBeInstanceOf(ProviderRefused)
    expect(String(outcome)).toContain('not available for this terminal; The terminal sells digital goods')
  })

  test('whose answer was lost is unknown, and asked for once', async () => {
    const { outcome, sent } = await ask({}, page(paid), { status: 500, body: '{}' })
    expect(outcome).toBeInstanceOf(ProviderUnreachable)
    expect(sent).toHaveLength(1)
  })

  test('that was pending is found by its own transaction, or else by the sum', async () => {
    await using provider = await openCannedProvider(page(made, paid as object))
    const wata = connect(provider.url)
    expect(await wata.fetchRefund(asked, made.id)).toMatchObject({ kind: 'done' })
    expect(await wata.fetchRefund(asked, 'another')).toMatchObject({ kind: 'done' })
  })
})

describe('Wata’s list', () => {
  const since = new Date('2026-10-01T00:00:00Z')
  const list = async (...answers: CannedAnswer[]) => {
    await using provider = await openCannedProvider(...answers)
    const listed: ListedPayment[] = []
    const run = async () => {
      for await (const payments of connect(provider.url).listPayments(since)) listed.push(...payments)
    }
    const failure = await run().catch((error: unknown) => error)
    return { failure, listed, calls: provider.heard.map(({ call }) => call) }
  }

  test('is read page after page until it comes to what is older', async () => {
    const full = Array.from({ length: 1000 }, (_, index) => ({
      ...paid,
      orderId: `pay_${String(index).padStart(4, '0')}`,
    }))
    const old = Array.from({ length: 1000 }, () => ({
      ...paid,
      creationTime: '2026-09-01T00:00:00Z',
      paymentTime: null,
    }))
    const { listed, calls } = await list(
      page(...full),
      page({ ...paid, orderId: null }, ...old.slice(1)),
      page(paid as object),
    )
    expect(listed).toHaveLength(1000)
    expect(listed[7]).toEqual({
      reference: 'pay_0007',
      paymentId: 'pay_0007',
      received: money(17_900, 'RUB'),
      refunded: null,
      fee: money(537, 'RUB'),
    })
    expect(calls).toHaveLength(2)
    expect(calls[1]).toContain('skipCount=1000')
  })

  test('tells of all that was given back of an order, though the list shows a part', async () => {
    const { listed, calls } = await list(
      page({ ...refund, amount: 20 }),
      page({ ...refund, amount: 20 }, { ...refund, amount: 30 }, paid as object),
    )
    expect(listed).toMatchObject([{ received: money(12_900, 'RUB'), refunded: money(5_000, 'RUB') }])
    expect(calls[1]).toContain(`orderId=${reference}`)
  })

  test('that holds something strange tells of it at the end', async () => {
    const { listed, failure } = await list(json({ items: [7, paid] }))
    expect(listed).toHaveLength(1)
    expect(failure).toBeInstanceOf(ProviderUnclear)
  })
})

describe('the account', () => {
  test('says when the token runs out, which no error quotes', async () => {
    await using provider = await openCannedProvider(page(), { status: 401, body: '' })
    const wata = connect(provider.url)
    expect(await wata.probe()).toMatchObject({ keyExpiresAt: new Date('2027-01-01T00:00:00Z') })
    const refused = (await wata.probe().catch((error: unknown) => error)) as Error
    expect(refused).toBeInstanceOf(ProviderRefused)
    expect(refused.message).toContain('run out')
    expect(`${refused.stack} ${refused.cause}`).not.toContain(token)
  })

  test.each(['', 'opaque', 'a.b.c', `a.${Buffer.from('null').toString('base64url')}.c`])(
    'of the token %j says nothing of its end',
    async (opaque) => {
      await using provider = await openCannedProvider(page())
      const wata = createWata({ token: opaque, apiUrl: provider.url }, startClock())
      expect(await wata.probe()).toMatchObject({ keyExpiresAt: null })
    },
  )
})
