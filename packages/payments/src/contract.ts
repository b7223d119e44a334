import {
  addDays,
  type InvoiceRequest,
  isRefundable,
  type ListedPayment,
  listsPayments,
  money,
  newId,
  type PaymentProvider,
  type ProviderReference,
  ProviderRefused,
  type ProviderStatus,
  ProviderUnreachable,
  WebhookRejected,
} from '@vpn-kiosk/domain'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { monthInvoice } from './testing/month-invoice.ts'
import type { Place, ProviderHarness, ProviderWorld } from './testing/provider-world.ts'
import { refundContract } from './testing/refund-contract.ts'

export type { ContractFault, ProviderWorld } from './testing/provider-world.ts'

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
    refundContract(harness, at)
  })
}

function creationContract(harness: ProviderHarness, at: Place): void {
  test('an invoice has a reference and a page that opens', async () => {
    const invoice = await at.world.provider.createInvoice(monthInvoice(harness, at.world))
    expect(invoice.reference).not.toBe('')
    const page = await fetch(invoice.url)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('299')
  })

  test('asking twice for the same payment gives the same invoice', async () => {
    const asked = monthInvoice(harness, at.world)
    const first = await at.world.provider.createInvoice(asked)
    expect(await at.world.provider.createInvoice(asked)).toEqual(first)
    expect(await at.world.restart().createInvoice({ ...asked, isFirst: false })).toEqual(first)
    expect(at.world.countCharges(asked.paymentId)).toBe(1)
  })

  test('asking twenty times at the same moment makes one charge', async () => {
    const asked = monthInvoice(harness, at.world)
    const [one, ...others] = await Promise.all(Array.from({ length: 20 }, () => at.world.provider.createInvoice(asked)))
    for (const other of others) expect(other).toEqual(one)
    expect(at.world.countCharges(asked.paymentId)).toBe(1)
  })

  test('two payments have two invoices', async () => {
    const one = await at.world.provider.createInvoice(monthInvoice(harness, at.world))
    const other = await at.world.provider.createInvoice(monthInvoice(harness, at.world))
    expect(other.reference).not.toBe(one.reference)
  })

  test('a create whose answer was lost is repeated without a second charge', async () => {
    const asked = monthInvoice(harness, at.world)
    at.world.setFault('lose-create-answer')
    const invoice = await at.world.provider.createInvoice(asked)
    expect(at.world.countCharges(asked.paymentId)).toBe(1)
    expect(await at.world.provider.fetchStatus(invoice.reference)).toEqual({ kind: 'pending' })
  })

  test('a create whose answers were all lost is found again after a restart', async () => {
    const asked = monthInvoice(harness, at.world)
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
    const asked = monthInvoice(harness, at.world)
    at.world.setFault('fail-create-once')
    await at.world.provider.createInvoice(asked)
    expect(at.world.countCharges(asked.paymentId)).toBe(1)
  })

  test('a currency that the provider does not take is refused', async () => {
    const asked = { ...monthInvoice(harness, at.world), amount: money(150, 'XTR') }
    await expect(at.world.provider.createInvoice(asked)).rejects.toBeInstanceOf(ProviderRefused)
    expect(at.world.countCharges(asked.paymentId)).toBe(0)
  })
}

function statusContract(harness: ProviderHarness, at: Place): void {
  test('an unpaid invoice is pending, and once paid it reports the money and our own id', async () => {
    const asked = monthInvoice(harness, at.world)
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
      const { reference } = await at.world.provider.createInvoice(monthInvoice(harness, at.world))
      await at.world.pay(reference, received)
      expect(await at.world.provider.fetchStatus(reference)).toMatchObject({ kind: 'paid', received })
    })
  }

  test('an invoice that ran out unpaid is canceled as expired, or forgotten', async () => {
    const { reference } = await at.world.provider.createInvoice(monthInvoice(harness, at.world))
    await at.world.expire(reference)
    const { forgetsExpired } = at.world.provider
    const ended = forgetsExpired ? { kind: 'unknown_invoice' } : { kind: 'canceled', reason: 'expired' }
    expect(await at.world.provider.fetchStatus(reference)).toEqual(ended)
  })

  test('canceled, then paid: money that comes after an invoice was over is reported as it came', async () => {
    const asked = monthInvoice(harness, at.world)
    const { reference } = await at.world.provider.createInvoice(asked)
    await at.world.expire(reference)
    await at.world.pay(reference)
    expect(await at.world.provider.fetchStatus(reference)).toMatchObject({ kind: 'paid', received: asked.amount })
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
    const asked = monthInvoice(harness, at.world)
    const { reference } = await at.world.provider.createInvoice(asked)
    await at.world.pay(reference)
    return { asked, reference, raw: await at.world.takeWebhook() }
  }

  test('its list says of a payment what asking about it says, also after a part was given back', async ({ skip }) => {
    const { world } = at
    const { provider } = world
    if (!listsPayments(provider) || provider.lists !== 'payments') return skip()
    const { reference } = await provider.createInvoice(monthInvoice(harness, world))
    await world.pay(reference)
    world.rest()
    if (isRefundable(provider) && provider.refunds === 'part') {
      const refundedBefore = money(0, harness.currency)
      const amount = money(10_000, harness.currency)
      await provider.refundPayment({ refundId: newId('refund'), reference, amount, refundedBefore, reason: 'Refund' })
    }
    world.rest()
    const status = await provider.fetchStatus(reference)
    world.rest()
    const listed: ListedPayment[] = []
    for await (const page of provider.listPayments(addDays(world.now(), -1))) listed.push(...page)
    expect(status.kind).toBe('paid')
    const { received, refunded = null } = status as ProviderStatus & { kind: 'paid' }
    expect(listed).toMatchObject([{ reference, received, refunded }])
  })

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
    const unpaid = await at.world.provider.createInvoice(monthInvoice(harness, at.world))
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
    const account = await at.world.provider.probe()
    for (const fact of ['isEnabled', 'isTest', 'keyExpiresAt', 'needsReceipts'] as const)
      expect(account[fact]).not.toBeUndefined()
  })

  test('each way to pay that it names has a page of its own', async () => {
    const { methods = [] } = at.world.provider
    const { methods: had } = await at.world.provider.probe()
    for (const method of methods.filter((one) => had?.includes(one) ?? true)) {
      const asked = { ...monthInvoice(harness, at.world), method }
      const invoice = await at.world.provider.createInvoice(asked)
      expect((await fetch(invoice.url)).status).toBe(200)
      expect(await at.world.provider.createInvoice(asked)).toEqual(invoice)
    }
  })

  test.each(['down', 'html-502', 'silent', 'rate-limited'] as const)(
    'a provider that is %s is unreachable, and works again afterwards',
    async (fault) => {
      const { reference } = await at.world.provider.createInvoice(monthInvoice(harness, at.world))
      at.world.setFault(fault)
      const failures = await eachCall(at.world.provider, reference, monthInvoice(harness, at.world))
      for (const failure of failures) expect(failure).toBeInstanceOf(ProviderUnreachable)
      at.world.setFault('none')
      expect(await at.world.provider.fetchStatus(reference)).toEqual({ kind: 'pending' })
    },
  )

  test('wrong keys are refused, and no key is found in any error', async () => {
    const { reference } = await at.world.provider.createInvoice(monthInvoice(harness, at.world))
    const failures = await eachCall(at.world.withWrongKeys, reference, monthInvoice(harness, at.world))
    for (const failure of failures) {
      expect(failure).toBeInstanceOf(ProviderRefused)
      const told = `${failure} ${String((failure as Error).cause)}`
      for (const secret of at.world.secrets) expect(told).not.toContain(secret)
    }
  })
}

const eachCall = (provider: PaymentProvider, reference: ProviderReference, asked: InvoiceRequest): Promise<unknown[]> =>
  Promise.all([
    provider.createInvoice(asked).catch((error: unknown) => error),
    provider.fetchStatus(reference).catch((error: unknown) => error),
    provider.probe().catch((error: unknown) => error),
  ])
