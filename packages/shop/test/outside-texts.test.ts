import { dayMs, hourMs } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

const owner = 1n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

const told = () => world.deps.db.em().execute<{ content: { kind: string } }[]>('select content from alert_events')

/** The last one is cut where the sentence is cut. */
const nasty = ['\0', 'a\0b', 'half\uD83D', '\uDE00', `${'x'.repeat(299)}😀`]

describe.each(nasty)('what a provider says, %j,', (said) => {
  test('as a state that nobody knows: staff are told, and the payment ends', async () => {
    const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
    world.provider.answer(reference, { kind: 'pending', unknownWord: said })
    await world.shop.settlePayment(paymentId)
    world.clock.advance(2 * hourMs)
    await world.shop.settlePayment(paymentId)
    expect((await told()).map(({ content: notification }) => notification.kind)).toEqual(['payment_trouble'])
    world.clock.advance(40 * dayMs)
    expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'canceled', reason: 'unanswered' })
  })

  test('as a refusal: staff are told', async () => {
    const { paymentId } = await world.openInvoice(await world.addCustomer())
    world.provider.refuse(said)
    expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'provider_unavailable' })
    expect((await told()).map(({ content: notification }) => notification.kind)).toEqual(['provider_refused'])
  })
})

describe.each(nasty)('what a person types, %j,', (typed) => {
  test('is a name like others', async () => {
    const serverId = await world.addServer(world.wireguard)
    const person = { telegramId: 77n, firstName: typed, lastName: typed, languageCode: 'ru' }
    const { customer } = await world.shop.recognizeCustomer(person, typed)
    const { paymentId, reference } = await world.openInvoice(customer)
    world.provider.pay(reference)
    await world.shop.settlePayment(paymentId)
    expect(await world.shop.addDevice({ customerId: customer.id, serverId, name: typed })).toMatchObject({
      kind: 'added',
    })
    const [device] = (await world.shop.listDevices(customer.id))!.devices
    expect(device!.name).not.toMatch(/[\p{Cs}\p{Cc}\uFFFD]/u)
    expect(await world.shop.addStaff(owner, { telegramId: 78n, name: typed, role: 'support' })).toEqual({
      kind: 'added',
    })
    const message = { chatId: 1, botId: 2, sourceMessageId: 3, kind: 'text', albumId: null, replyToId: null }
    expect(await world.shop.receiveCustomerMessage(customer.id, { ...message, text: typed })).toMatchObject({
      kind: 'opened',
    })
  })

  test('or puts into a button is nobody’s id', async () => {
    const customer = await world.addCustomer()
    const of = { customerId: customer.id, deviceId: `dev_${typed}` as const }
    expect(await world.shop.checkPayment(customer.id, `pay_${typed}`)).toEqual({ kind: 'unknown_payment' })
    expect(await world.shop.revokeDevice(of)).toBe(false)
    expect(await world.shop.getCustomerCard(owner, `cus_${typed}`)).toEqual({ kind: 'seen', value: null })
    expect(await world.shop.checkServerName(owner, typed)).toHaveProperty('kind')
    expect(
      await world.shop.startPurchase({
        customerId: customer.id,
        planId: `pln_${typed}`,
        providerId: world.provider.id,
        returnUrl: '',
        description: '',
        requestId: typed,
      }),
    ).toEqual({ kind: 'plan_gone' })
  })
})

test('names lose the marks that turn the direction of what follows', async () => {
  const serverId = await world.addServer(world.wireguard)
  const { customer } = await world.shop.recognizeCustomer({
    telegramId: 77n,
    firstName: '\u202Eanna',
    languageCode: 'ru',
  })
  expect(customer.firstName).toBe('anna')
  await world.shop.startTrial(customer.id)
  await world.shop.addDevice({ customerId: customer.id, serverId, name: ' \u2067my\nphone ' })
  expect((await world.shop.listDevices(customer.id))!.devices[0]!.name).toBe('my phone')
})
