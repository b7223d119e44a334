import {
  type Currency,
  type InvoiceRequest,
  type Money,
  money,
  newId,
  type PaymentId,
  type PaymentProvider,
  type ProviderReference,
  ProviderRefused,
  ProviderUnreachable,
  type RawWebhook,
  WebhookRejected,
} from '@vpn-kiosk/domain'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

/** What the simulated provider can be told to do to the next calls; `none` ends it. */
export type ContractFault =
  | 'none'
  /** Every connection is cut. */
  | 'down'
  | 'html-502'
  /** Every call is taken and none is ever answered. */
  | 'silent'
  /** 429 with a `Retry-After` too long to wait out. */
  | 'rate-limited'
  /** The next create is stored, and its answer never arrives. */
  | 'lose-create-answer'
  /** The same for every create. */
  | 'lose-every-create-answer'
  /** The next create is stored, and answered with 500. */
  | 'fail-create-once'

/** One provider in one simulated world, made anew for each test. */
export interface ProviderWorld {
  readonly provider: PaymentProvider
  readonly withWrongKeys: PaymentProvider
  /** The keys in use: none may be found in an error. */
  readonly secrets: readonly string[]
  now(): Date
  /** Time passes until the provider, which may limit how often one thing is asked about, answers about all of it again. */
  rest(): void
  /** Another instance on the same world, as after a restart of the process. */
  restart(): PaymentProvider
  setFault(fault: ContractFault): void
  /** How many invoices the provider holds for our payment. */
  countCharges(paymentId: PaymentId): number
  pay(reference: ProviderReference, received?: Money): Promise<void>
  expire(reference: ProviderReference): Promise<void>
  /** The next webhook that the provider delivered; waits for it. */
  takeWebhook(): Promise<RawWebhook>
  resendWebhook(reference: ProviderReference): Promise<void>
  /** A webhook with this body that the provider itself would have sent (signed, from its address). */
  authentic(body: string | Uint8Array): RawWebhook
  /** The same webhook as somebody else would send it. */
  forged(webhook: RawWebhook): RawWebhook
  close(): Promise<void>
}

export interface ProviderHarness {
  readonly currency: Currency
  /** Webhooks are signed, so that a changed byte shows. */
  readonly signed: boolean
  /** A received amount or currency other than the asked one, where the simulator can report it. */
  readonly reportsOtherMoney: boolean
  /** An authentic webhook about something that is no payment. */
  readonly irrelevantBody: string
  /** A reference of the right shape that the provider never issued. */
  readonly unknownReference: ProviderReference
  start(): Promise<ProviderWorld>
}

/** What every `PaymentProvider` promises, run by each adapter against its simulator. */
export function paymentProviderContract(name: string, harness: ProviderHarness): void {
  describe(`${name} keeps the payment provider contract`, () => {
    const at = {} as { world: ProviderWorld }
    beforeEach(async () => {
      at.world = await harness.start()
    })
    afterEach(() => at.world.close())
    creationContract(harness, at)
    statusContract(harness, at)
    webhookContract(harness, at)
    failureContract(harness, at)
  })
}

interface Place {
  world: ProviderWorld
}

function creationContract(harness: ProviderHarness, at: Place): void {
  test('an invoice has a reference and a page that opens', async () => {
    const invoice = await at.world.provider.createInvoice(request(harness, at.world))
    expect(invoice.reference).not.toBe('')
    const page = await fetch(invoice.url)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('299')
  })

  test('asking twice for the same payment gives the same invoice', async () => {
    const asked = request(harness, at.world)
    const first = await at.world.provider.createInvoice(asked)
    expect(await at.world.provider.createInvoice(asked)).toEqual(first)
    expect(await at.world.restart().createInvoice({ ...asked, isFirst: false })).toEqual(first)
    expect(at.world.countCharges(asked.paymentId)).toBe(1)
  })

  test('asking twice at the same moment makes one charge', async () => {
    const asked = request(harness, at.world)
    const [one, other] = await Promise.all([
      at.world.provider.createInvoice(asked),
      at.world.provider.createInvoice(asked),
    ])
    expect(other).toEqual(one)
    expect(at.world.countCharges(asked.paymentId)).toBe(1)
  })

  test('two payments have two invoices', async () => {
    const one = await at.world.provider.createInvoice(request(harness, at.world))
    const other = await at.world.provider.createInvoice(request(harness, at.world))
    expect(other.reference).not.toBe(one.reference)
  })

  test('a create whose answer was lost is repeated without a second charge', async () => {
    const asked = request(harness, at.world)
    at.world.setFault('lose-create-answer')
    const invoice = await at.world.provider.createInvoice(asked)
    expect(at.world.countCharges(asked.paymentId)).toBe(1)
    expect(await at.world.provider.fetchStatus(invoice.reference)).toEqual({ kind: 'pending' })
  })

  test('a create whose answers were all lost is found again after a restart', async () => {
    const asked = request(harness, at.world)
    at.world.setFault('lose-every-create-answer')
    await at.world.provider.createInvoice(asked).catch((error: unknown) => {
      expect(error).toBeInstanceOf(ProviderUnreachable)
    })
    at.world.setFault('none')
    at.world.rest()
    const invoice = await at.world.restart().createInvoice({ ...asked, isFirst: false })
    expect(invoice.reference).not.toBe('')
    expect(at.world.countCharges(asked.paymentId)).toBe(1)
  })

  test('a create that is answered with an error 500 once still makes exactly one invoice', async () => {
    const asked = request(harness, at.world)
    at.world.setFault('fail-create-once')
    await at.world.provider.createInvoice(asked)
    expect(at.world.countCharges(asked.paymentId)).toBe(1)
  })

  test('a currency that the provider does not take is refused', async () => {
    const asked = { ...request(harness, at.world), amount: money(150, 'XTR') }
    await expect(at.world.provider.createInvoice(asked)).rejects.toBeInstanceOf(ProviderRefused)
    expect(at.world.countCharges(asked.paymentId)).toBe(0)
  })
}

function statusContract(harness: ProviderHarness, at: Place): void {
  test('an unpaid invoice is pending, and once paid it reports the money and our own id', async () => {
    const asked = request(harness, at.world)
    const { reference } = await at.world.provider.createInvoice(asked)
    expect(await at.world.provider.fetchStatus(reference)).toEqual({ kind: 'pending' })
    at.world.rest()
    await at.world.pay(reference)
    // The fee is told where the provider tells it.
    expect({ ...(await at.world.provider.fetchStatus(reference)), fee: undefined }).toEqual({
      kind: 'paid',
      received: asked.amount,
      paidAt: at.world.now(),
      paymentId: asked.paymentId,
    })
  })

  if (harness.reportsOtherMoney) {
    test.each([
      ['less', money(29_899, harness.currency)],
      ['more', money(30_000, harness.currency)],
      ['another currency', money(29_900, harness.currency === 'USD' ? 'EUR' : 'USD')],
    ])('money that is %s than asked is reported as it came', async (_, received) => {
      const { reference } = await at.world.provider.createInvoice(request(harness, at.world))
      await at.world.pay(reference, received)
      expect(await at.world.provider.fetchStatus(reference)).toMatchObject({ kind: 'paid', received })
    })
  }

  test('an invoice that ran out unpaid is canceled as expired, or forgotten', async () => {
    const { reference } = await at.world.provider.createInvoice(request(harness, at.world))
    await at.world.expire(reference)
    const { forgetsExpired } = at.world.provider
    const ended = forgetsExpired ? { kind: 'unknown_invoice' } : { kind: 'canceled', reason: 'expired' }
    expect(await at.world.provider.fetchStatus(reference)).toEqual(ended)
  })

  test.each([
    ['that nobody issued', harness.unknownReference],
    ['that is a path', '../me'],
    ['that is empty', ''],
    ['that is far too long', 'x'.repeat(500)],
  ])('a reference %s is an unknown invoice', async (_, reference) => {
    expect(await at.world.provider.fetchStatus(reference)).toEqual({ kind: 'unknown_invoice' })
  })
}

function webhookContract(harness: ProviderHarness, at: Place): void {
  const paidWebhook = async () => {
    const asked = request(harness, at.world)
    const { reference } = await at.world.provider.createInvoice(asked)
    await at.world.pay(reference)
    return { asked, reference, raw: await at.world.takeWebhook() }
  }

  test('the webhook of a payment names it, and says the same key each time it is repeated', async () => {
    const { asked, reference, raw } = await paidWebhook()
    const first = await at.world.provider.parseWebhook(raw)
    expect(first).toMatchObject({ reference, paymentId: asked.paymentId })
    expect(first?.key).toContain(reference)
    await at.world.resendWebhook(reference)
    const second = await at.world.provider.parseWebhook(await at.world.takeWebhook())
    expect(second?.key).toBe(first?.key)
  })

  test('a webhook that claims a payment which was never made is not believed', async () => {
    const { reference, raw } = await paidWebhook()
    const unpaid = await at.world.provider.createInvoice(request(harness, at.world))
    const body = Buffer.from(raw.body).toString('utf8').replaceAll(reference, unpaid.reference)
    const webhook = await at.world.provider.parseWebhook(at.world.authentic(body))
    expect(webhook?.reference).toBe(unpaid.reference)
    expect(await at.world.provider.fetchStatus(unpaid.reference)).toEqual({ kind: 'pending' })
  })

  test('a forged webhook is rejected', async () => {
    const { raw } = await paidWebhook()
    await expect(at.world.provider.parseWebhook(at.world.forged(raw))).rejects.toBeInstanceOf(WebhookRejected)
  })

  if (harness.signed) {
    test('a webhook with one byte changed is rejected, wherever the byte is', async () => {
      const { raw } = await paidWebhook()
      for (let index = 0; index < raw.body.length; index += 7) {
        const body = Uint8Array.from(raw.body)
        body[index] = (body[index] ?? 0) ^ 1
        await expect(at.world.provider.parseWebhook({ ...raw, body })).rejects.toBeInstanceOf(WebhookRejected)
      }
    })
  }

  test('a webhook is read the same with unusual spacing, escapes and a field of a later version', async () => {
    const { reference, raw } = await paidWebhook()
    const known = JSON.parse(Buffer.from(raw.body).toString('utf8')) as object
    const body = JSON.stringify({ later: 'привет/\u2028', ...known }, null, '\t').replaceAll('/', '\\/')
    expect(await at.world.provider.parseWebhook(at.world.authentic(body))).toMatchObject({ reference })
  })

  test('an authentic webhook about something else is null', async () => {
    expect(await at.world.provider.parseWebhook(at.world.authentic(harness.irrelevantBody))).toBeNull()
  })

  test.each([
    ['nothing', ''],
    ['an open brace', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '42'],
    ['an empty object', '{}'],
    ['a page', '<html></html>'],
    ['no text at all', Uint8Array.of(0xff, 0xfe, 0x00)],
  ])('an authentic body of %s is rejected', async (_, body) => {
    await expect(at.world.provider.parseWebhook(at.world.authentic(body))).rejects.toBeInstanceOf(WebhookRejected)
  })

  test('a truncated or an oversized body is rejected', async () => {
    const { raw } = await paidWebhook()
    const whole = Buffer.from(raw.body).toString('utf8')
    for (const body of [whole.slice(0, -20), whole + ' '.repeat(300 * 1024)]) {
      await expect(at.world.provider.parseWebhook(at.world.authentic(body))).rejects.toBeInstanceOf(WebhookRejected)
    }
  })
}

function failureContract(harness: ProviderHarness, at: Place): void {
  test('the limits that it names are in currencies that it collects', () => {
    const { currencies, limits = {} } = at.world.provider
    for (const [currency, { min, max }] of Object.entries(limits)) {
      expect(currencies).toContain(currency)
      for (const limit of [min, max]) if (limit) expect(limit.currency).toBe(currency)
    }
  })

  test('good keys pass the probe', async () => {
    expect(Object.keys(await at.world.provider.probe()).toSorted()).toEqual([
      'isEnabled',
      'isTest',
      'keyExpiresAt',
      'needsReceipts',
    ])
  })

  test.each(['down', 'html-502', 'silent', 'rate-limited'] as const)(
    'a provider that is %s is unreachable, and works again afterwards',
    async (fault) => {
      const { reference } = await at.world.provider.createInvoice(request(harness, at.world))
      at.world.setFault(fault)
      const failures = await eachCall(at.world.provider, reference, request(harness, at.world))
      for (const failure of failures) expect(failure).toBeInstanceOf(ProviderUnreachable)
      at.world.setFault('none')
      expect(await at.world.provider.fetchStatus(reference)).toEqual({ kind: 'pending' })
    },
  )

  test('wrong keys are refused, and no key is found in any error', async () => {
    const { reference } = await at.world.provider.createInvoice(request(harness, at.world))
    const failures = await eachCall(at.world.withWrongKeys, reference, request(harness, at.world))
    for (const failure of failures) {
      expect(failure).toBeInstanceOf(ProviderRefused)
      const told = `${failure} ${String((failure as Error).cause)}`
      for (const secret of at.world.secrets) expect(told).not.toContain(secret)
    }
  })
}

function request(harness: ProviderHarness, world: ProviderWorld): InvoiceRequest {
  return {
    paymentId: newId('payment'),
    amount: money(29_900, harness.currency),
    description: 'One month',
    returnUrl: 'https://t.me/a_bot',
    expiresAt: new Date(world.now().getTime() + 3_600_000),
    isFirst: true,
  }
}

const eachCall = (provider: PaymentProvider, reference: ProviderReference, asked: InvoiceRequest): Promise<unknown[]> =>
  Promise.all([
    provider.createInvoice(asked).catch((error: unknown) => error),
    provider.fetchStatus(reference).catch((error: unknown) => error),
    provider.probe().catch((error: unknown) => error),
  ])
