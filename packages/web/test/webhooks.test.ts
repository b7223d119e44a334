import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { defaultLimits, type WebShop } from '../src/web-deps.ts'
import { createFakeWeb } from './fake-web.ts'

type Raw = Parameters<WebShop['receiveWebhook']>[1]

const recorder = () => {
  const calls: { provider: string; raw: Raw }[] = []
  const receiveWebhook: WebShop['receiveWebhook'] = async (provider, raw) => {
    calls.push({ provider, raw })
    return { kind: 'stored' }
  }
  return { calls, receiveWebhook }
}

describe('POST /pay/:provider', () => {
  test.each([
    ['application/json', Buffer.from('{ "a" : 1.50 }\r\n')],
    ['application/x-www-form-urlencoded', Buffer.from('a=1&b=%20')],
    ['text/plain; charset=koi8-r', Buffer.from([0xff, 0x00, 0xfe, 0x0a])],
    [undefined, Buffer.from('nameless')],
  ])('hands on the bytes of %s as they came', async (type, payload) => {
    const { calls, receiveWebhook } = recorder()
    const { server, log } = await createFakeWeb({ shop: { receiveWebhook } })
    const answer = await server.inject({
      method: 'POST',
      url: '/pay/yookassa',
      payload,
      headers: { ...(type ? { 'content-type': type } : {}), 'X-Signature': 'AbC' },
    })
    expect([answer.statusCode, answer.body]).toEqual([200, 'OK'])
    expect(Buffer.from(calls[0]!.raw.body).equals(payload)).toBe(true)
    expect(calls[0]!.provider).toBe('yookassa')
    expect(calls[0]!.raw.headers['x-signature']).toBe('AbC')
    expect(log.join()).not.toContain('AbC')
    expect(log.join()).not.toContain('nameless')
  })

  test('hands on an empty body', async () => {
    const { calls, receiveWebhook } = recorder()
    const { server } = await createFakeWeb({ shop: { receiveWebhook } })
    await server.inject({ method: 'POST', url: '/pay/yookassa' })
    expect(calls[0]!.raw.body).toHaveLength(0)
  })

  test.each([
    ['a proxy of ours names the caller', ['loopback'], '127.0.0.1', '6.6.6.6, 77.75.156.11', '77.75.156.11'],
    ['two proxies of ours', ['loopback', '10.0.0.0/8'], '127.0.0.1', '6.6.6.6, 77.75.156.11, 10.0.0.9', '77.75.156.11'],
    ['a stranger who claims to be the provider', ['loopback'], '6.6.6.6', '77.75.156.11', '6.6.6.6'],
    ['no proxy at all', [], '127.0.0.1', '77.75.156.11', '127.0.0.1'],
    ['IPv4 written as IPv6', ['loopback'], '::ffff:77.75.156.11', undefined, '77.75.156.11'],
    ['garbage from a proxy', ['loopback'], '127.0.0.1', 'x'.repeat(500), 'x'.repeat(64)],
  ])('reads the source: %s', async (_name, trustedProxies, remoteAddress, forwarded, expected) => {
    const { calls, receiveWebhook } = recorder()
    const { server } = await createFakeWeb({ shop: { receiveWebhook }, deps: { trustedProxies } })
    await server.inject({
      method: 'POST',
      url: '/pay/yookassa',
      payload: '{}',
      remoteAddress,
      headers: forwarded ? { 'x-forwarded-for': forwarded } : {},
    })
    expect(calls[0]!.raw.sourceIp).toBe(expected)
  })

  test('takes 256 KB and refuses a byte more, however it is sent', async () => {
    const { calls, receiveWebhook } = recorder()
    const { server } = await createFakeWeb({ shop: { receiveWebhook } })
    const send = async (bytes: number, headers = {}) =>
      (await server.inject({ method: 'POST', url: '/pay/yookassa', payload: Buffer.alloc(bytes), headers })).statusCode
    expect(await send(256 * 1024)).toBe(200)
    expect(await send(256 * 1024 + 1)).toBe(413)
    expect(await send(256 * 1024 + 1, { 'content-type': 'application/json' })).toBe(413)
    expect(calls).toHaveLength(1)
  })

  test.each([
    [{ kind: 'ignored', why: 'repeated' }, 200],
    [{ kind: 'ignored', why: 'unknown_payment' }, 200],
    [{ kind: 'rejected', why: 'the signature does not match' }, 400],
    [{ kind: 'unknown_provider' }, 404],
  ] as const)('answers %j with %d', async (result, status) => {
    const { server } = await createFakeWeb({ shop: { receiveWebhook: async () => result } })
    const answer = await server.inject({ method: 'POST', url: '/pay/any', payload: '{}' })
    expect(answer.statusCode).toBe(status)
    expect(answer.body.length).toBeLessThan(40)
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8')
  })

  test('has no other methods', async () => {
    const { server } = await createFakeWeb()
    const statuses = await Promise.all(
      (['GET', 'PUT', 'DELETE'] as const).map(
        async (method) => (await server.inject({ method, url: '/pay/yookassa' })).statusCode,
      ),
    )
    expect(statuses).toEqual([404, 404, 404])
  })

  test('lets a burst from one address in, and asks to repeat what is above the limit', async () => {
    const { server } = await createFakeWeb({ limits: { webhooksPerMinute: 100 } })
    const statuses: number[] = []
    for (let sent = 0; sent < 101; sent++) {
      statuses.push((await server.inject({ method: 'POST', url: '/pay/yookassa', payload: '{}' })).statusCode)
    }
    expect(statuses).toEqual([...Array(100).fill(200), 429])
    expect(defaultLimits.webhooksPerMinute).toBeGreaterThanOrEqual(50 * 60)
  })

  test('asks to repeat when it fails, and says why only in the log', async () => {
    const { server, log } = await createFakeWeb({
      shop: { receiveWebhook: async () => Promise.reject(new Error('connect ECONNREFUSED')) },
    })
    const answer = await server.inject({ method: 'POST', url: '/pay/yookassa', payload: 'the body' })
    expect(answer.statusCode).toBe(503)
    expect(answer.body).not.toContain('ECONNREFUSED')
    expect(log.join('\n')).toContain('ECONNREFUSED')
    expect(log.join('\n')).not.toContain('the body')
  })
})

describe('a webhook and a real database', () => {
  let world: TestShop
  beforeEach(async () => {
    world = await createTestShop(inject('postgresUrl'))
  })
  afterEach(() => world.close())

  const count = async (sql: string) => (await world.fixture.database.em().execute<{ n: number }[]>(sql))[0]?.n
  const realWeb = () => createFakeWeb({ shop: world.shop })

  test('is stored, and its work queued, before it is answered', async () => {
    const { server } = await realWeb()
    const { reference } = await world.openInvoice(await world.addCustomer())
    const answer = await server.inject({ method: 'POST', url: '/pay/fake', payload: `paid ${reference}` })
    expect(answer.statusCode).toBe(200)
    expect(await count('select count(*)::int as n from payment_webhooks')).toBe(1)
    expect(await count(`select count(*)::int as n from pgboss.job where name = 'settle-payment'`)).toBe(1)
  })

  test('ten at once are one, and all are answered', async () => {
    const { server } = await realWeb()
    const { reference, paymentId } = await world.openInvoice(await world.addCustomer())
    world.provider.pay(reference)
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        server.inject({ method: 'POST', url: '/pay/fake', payload: `paid ${reference}` }),
      ),
    )
    expect(answers.map((answer) => answer.statusCode)).toEqual(Array(10).fill(200))
    expect(await count('select count(*)::int as n from payment_webhooks')).toBe(1)
    await Promise.all(Array.from({ length: 3 }, () => world.shop.settlePayment(paymentId)))
    expect(await count('select count(*)::int as n from subscription_periods')).toBe(1)
  })

  test('forged or for nobody stores nothing', async () => {
    const { server } = await realWeb()
    const send = async (provider: string, payload: string | Buffer) =>
      (await server.inject({ method: 'POST', url: `/pay/${provider}`, payload })).statusCode
    expect(await send('fake', 'forged')).toBe(400)
    expect(await send('fake', Buffer.from([0xff, 0xfe, 0x00]))).toBe(400)
    expect(await send('nobody', 'paid x')).toBe(404)
    expect(await send('__proto__', 'paid x')).toBe(404)
    expect(await send('..%2Ffake', 'paid x')).toBe(404)
    expect(await count('select count(*)::int as n from payment_webhooks')).toBe(0)
  })

  test('is asked for again while the database is away', async () => {
    const { server } = await realWeb()
    const { reference } = await world.openInvoice(await world.addCustomer())
    await world.fixture.drop()
    const answer = await server.inject({ method: 'POST', url: '/pay/fake', payload: `paid ${reference}` })
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toBe('10')
  })
})
