import { describe, expect, test } from 'vitest'
import { activeKey, browser, createFakeWeb, devicesKey, expiredKey, link, preparingKey, token } from './fake-web.ts'

const decode = (text: string) => Buffer.from(text, 'base64').toString('utf8')

describe('an app that fetches /s/<token>', () => {
  test('gets every link, one a line, in base64, with the headers it shows', async () => {
    const { server } = await createFakeWeb()
    const answer = await server.inject({ url: `/s/${token}`, headers: { 'user-agent': 'Happ/4.1.0', accept: '*/*' } })
    expect(answer.statusCode).toBe(200)
    expect(decode(answer.body)).toBe(`${link}\n${link.replace('nl.test', 'de.test')}`)
    expect(answer.body).toMatch(/^[A-Za-z0-9+/]+={0,2}$/)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'subscription-userinfo': 'upload=0; download=12300000000; total=100000000000; expire=1797843600',
      'profile-update-interval': '12',
      'support-url': 'https://t.me/help_bot',
      'profile-web-page-url': activeKey.subscriptionUrl,
      'content-disposition': 'attachment; filename="shop_bot"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    })
    expect(decode(String(answer.headers['profile-title']).slice('base64:'.length))).toBe('VPN @shop_bot')
  })

  test('reads its message in the language of the customer', async () => {
    const { server } = await createFakeWeb({ key: { ...expiredKey, language: 'en' } })
    const answer = await server.inject({ url: `/s/${token}`, headers: { 'user-agent': 'Happ/4.1.0' } })
    expect(decodeURIComponent(new URL(decode(answer.body)).hash)).toContain('Subscription has ended')
  })

  test.each([
    ['Fast Fox', 'Fast Fox @shop_bot'],
    ['A shop with a long name indeed', 'A shop with a long name i'],
  ])('shows the name of the shop %j', async (name, title) => {
    const { server } = await createFakeWeb({ shop: { getShop: async () => ({ name, logoVersion: null }) } })
    const { headers } = await server.inject({ url: `/s/${token}` })
    expect(decode(String(headers['profile-title']).slice('base64:'.length))).toBe(title)
  })

  test('says unlimited and never-ending with zeros', async () => {
    const { server } = await createFakeWeb({ key: { ...activeKey, trafficLimitBytes: null, endsAt: null } })
    const answer = await server.inject({ url: `/s/${token}` })
    expect(answer.headers['subscription-userinfo']).toBe('upload=0; download=12300000000; total=0; expire=0')
  })

  test.each([
    ['no Accept header', {}],
    ['the application that says */*', { accept: '*/*' }],
    ['an app that asks for HTML all the same', { ...browser, 'user-agent': 'v2rayNG/2.3.5' }],
    ['Shadowrocket', { ...browser, 'user-agent': 'Shadowrocket/2600 CFNetwork/1568 Darwin/24.0' }],
    ['garbage for Accept', { accept: '\u00ff;;;q=,,' }],
  ])('takes %s for an app', async (_name, headers) => {
    const { server } = await createFakeWeb()
    const answer = await server.inject({ url: `/s/${token}`, headers })
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8')
  })

  test.each([
    ['expired', expiredKey, '⏳'],
    ['preparing', preparingKey, '⚙️'],
    ['a file for each device', devicesKey, '📱'],
    ['suspended', { ...expiredKey, standing: 'suspended' as const }, '⛔'],
    ['traffic used up', { ...expiredKey, standing: 'traffic_used_up' as const }, '📊'],
    ['nothing bought', { ...expiredKey, standing: 'none' as const, endsAt: null }, '🛒'],
  ])('gets one entry that leads nowhere and says why: %s', async (_name, key, sign) => {
    const { server } = await createFakeWeb({ key })
    const answer = await server.inject({ url: `/s/${token}`, headers: { 'user-agent': 'Happ/4.1.0' } })
    expect(answer.statusCode).toBe(200)
    const entry = new URL(decode(answer.body))
    expect([entry.protocol, entry.host]).toEqual(['vless:', '127.0.0.1:1'])
    expect(decodeURIComponent(entry.hash.slice(1)).startsWith(sign)).toBe(true)
  })

  test.each([
    'short',
    `${token}0`,
    token.toUpperCase(),
    'x'.repeat(5000),
    '..%2f..%2fetc%2fpasswd',
    '%00',
    "' or 1=1 --",
    '<script>',
  ])('gets an empty 404 for the token %j', async (unknown) => {
    const { server } = await createFakeWeb()
    const answer = await server.inject({ url: `/s/${encodeURIComponent(unknown)}` })
    expect(answer.statusCode).toBe(404)
    // What is too long for a token is not even looked at.
    expect(answer.body).toBe(unknown.length > 100 ? 'Not found' : '')
  })

  test.each(['/s/../../etc/passwd', '/s//', '/%2e%2e/%2e%2e/etc/passwd', '/s/%E0%A4%A', '/s'])(
    'finds nothing at %s',
    async (url) => {
      const { server, log } = await createFakeWeb()
      const answer = await server.inject({ url })
      expect([400, 404]).toContain(answer.statusCode)
      expect(answer.body).not.toContain('passwd')
      expect(log.join()).not.toContain('passwd')
    },
  )

  test('is told to slow down when it asks too often, by address and not by proxy', async () => {
    const { server } = await createFakeWeb({ limits: { pagesPerMinute: 2 } })
    const ask = async (ip: string) =>
      (await server.inject({ url: `/s/${token}`, headers: { 'x-forwarded-for': `9.9.9.9, ${ip}` } })).statusCode
    expect([await ask('1.1.1.1'), await ask('1.1.1.1'), await ask('1.1.1.1'), await ask('2.2.2.2')]).toEqual([
      200, 200, 429, 200,
    ])
  })

  test('is told to come again while the database is down, and neither its token nor the reason is told on', async () => {
    const { server, log } = await createFakeWeb({
      shop: { getKeyByToken: async () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.5:5432')) },
    })
    const answer = await server.inject({ url: `/s/${token}` })
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '10'])
    expect(answer.body).not.toContain('10.0.0.5')
    expect(log.join('\n')).toContain('ECONNREFUSED')
    expect(log.join('\n')).not.toContain(token)
  })

  test('is told to come again when the database hangs', async () => {
    const { server } = await createFakeWeb({
      shop: { getKeyByToken: () => new Promise(() => {}) },
      limits: { handlerTimeoutMs: 30 },
    })
    expect((await server.inject({ url: `/s/${token}` })).statusCode).toBe(503)
  })
})
