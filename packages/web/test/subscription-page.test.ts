import { appsOf, systems } from '@vpn-kiosk/domain'
import { describe, expect, test } from 'vitest'
import { loadTranslations } from '../src/load-translations.ts'
import {
  activeKey,
  browser,
  createFakeWeb,
  devicesKey,
  expiredKey,
  link,
  now,
  preparingKey,
  token,
} from './fake-web.ts'

const translations = loadTranslations({ defaultLanguage: 'ru', timeZone: 'Europe/Moscow' }, { strict: true })
const ru = translations.translatorFor('ru')
const en = translations.translatorFor('en')

const url = `/s/${token}`

describe('a person who opens /s/<token> in a browser', () => {
  test('sees how long it lasts, the traffic, a QR code and a button for each app', async () => {
    const { server } = await createFakeWeb()
    const { body, headers } = await server.inject({ url, headers: browser })
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['cache-control']).toBe('no-store')
    expect(body).toContain(ru.plain('days-left', { days: 30 }))
    expect(body).toContain('<progress class="part" max="1000" value="123"')
    expect(body).toContain('<svg')
    for (const scheme of [
      'happ://add/https://shop.test/s/',
      'v2raytun://import/https',
      'hiddify://import/https',
      'streisand://import/https',
    ]) {
      expect(body).toContain(scheme)
    }
    expect(body).toContain(`v2rayng://install-sub?url=${encodeURIComponent(activeKey.subscriptionUrl)}#`)
    expect(body).toContain(
      `shadowrocket://add/sub://${Buffer.from(activeKey.subscriptionUrl).toString('base64')}?remark=`,
    )
    expect(body).toContain('🇳🇱 Amsterdam')
    expect(body).toContain(link.replaceAll('&', '&amp;'))
  })

  test.each([
    ['ru', {}],
    ['ru', { 'accept-language': 'ru-RU,ru;q=0.9,en-US;q=0.8' }],
    ['en', { 'accept-language': 'en-US,en;q=0.9,ru;q=0.1' }],
    ['en', { 'accept-language': 'de, ru;q=0.2, en;q=0.9' }],
    ['en', { 'accept-language': 'de' }],
    ['ru', { 'accept-language': ';;;q=zz,,,=' }],
    ['en', { 'accept-language': 'ru;q=0, en;q=0.1' }],
  ])('reads %s with %j', async (language, headers) => {
    const { server } = await createFakeWeb()
    const { body } = await server.inject({ url, headers: { ...browser, ...headers } })
    expect(body).toContain(`<html lang="${language}">`)
  })

  test.each([
    ['en', '?lang=en'],
    ['ru', '?lang=ru'],
    ['ru', '?lang=xx'],
    ['ru', '?lang=ru&lang=en'],
    ['ru', '?lang=__proto__'],
  ])('switches to %s by %s', async (language, query) => {
    const { server } = await createFakeWeb()
    const { body } = await server.inject({ url: url + query, headers: browser })
    expect(body).toContain(`<html lang="${language}">`)
  })

  test('finds the tab of their own system open', async () => {
    const { server } = await createFakeWeb()
    const { body } = await server.inject({
      url,
      headers: { ...browser, 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)' },
    })
    expect(body).toContain('id="os-ios" checked')
    expect(body.match(/ checked/g)).toHaveLength(1)
  })

  test('is shown how to renew, and no key, once it has ended', async () => {
    const { server } = await createFakeWeb({ key: expiredKey })
    const { body, statusCode } = await server.inject({ url, headers: browser })
    expect(statusCode).toBe(200)
    expect(body).toContain(ru.plain('situation-expired-title'))
    expect(body).toContain('href="https://t.me/shop_bot?start=renew"')
    expect(body).not.toContain('vless://')
    expect(body).not.toContain('happ://')
  })

  test('waits on a page that refreshes itself while the key is prepared', async () => {
    const { server } = await createFakeWeb({ key: preparingKey })
    const { body } = await server.inject({ url: `${url}?lang=en`, headers: browser })
    expect(body).toContain(en.plain('situation-preparing-title'))
    expect(body).toContain('http-equiv="refresh"')
  })

  test('is led to the bot when each device has a file of its own', async () => {
    const { server } = await createFakeWeb({ key: devicesKey })
    const { body } = await server.inject({ url, headers: browser })
    expect(body).toContain(ru.plain('situation-devices-title'))
    expect(body).toContain('href="https://t.me/shop_bot?start=devices"')
    expect(body).not.toContain('http-equiv="refresh"')
    expect(body).not.toContain('happ://')
  })

  test('sees hours on the last day', async () => {
    const { server } = await createFakeWeb({ key: { ...activeKey, endsAt: new Date(now.getTime() + 5 * 3_600_000) } })
    const { body } = await server.inject({ url: `${url}?lang=en`, headers: browser })
    expect(body).toContain(en.plain('hours-left', { hours: 5 }))
  })

  test('reads a protocol once, also where the way in is named after it', async () => {
    const document = { kind: 'link', uri: 'vless://x' } as const
    const waysIn = ['Amsterdam', 'Amsterdam · VLESS Reality'].map((label) => ({
      label,
      protocol: 'vless' as const,
      document,
    }))
    const { server } = await createFakeWeb({ key: { ...activeKey, waysIn } })
    const { body } = await server.inject({ url, headers: browser })
    expect(body.match(/<small>vless<\/small>/g)).toHaveLength(1)
  })

  test('meets no foreign markup: names and links are text', async () => {
    const evil = `"><img src=x onerror=alert(1)>'</script><script>alert(2)</script>`
    const { server } = await createFakeWeb({
      key: {
        ...activeKey,
        waysIn: [
          { label: evil, protocol: 'vless', document: { kind: 'link', uri: `vless://x#${evil}` } },
          { label: evil, protocol: 'openvpn', document: { kind: 'file', name: evil, mediaType: evil, body: evil } },
        ],
      },
      shop: { recall: async <T>() => ({ username: evil }) as T },
    })
    const { body } = await server.inject({ url, headers: browser })
    expect(body).not.toContain('<img')
    expect(body).not.toContain('alert(2)</script>')
    expect(body.match(/<script/g)).toHaveLength(1)
  })

  test('loads nothing from anywhere while the shop has no logo, and runs only our own script, by a fresh nonce each time', async () => {
    const { server } = await createFakeWeb()
    const answers = await Promise.all([1, 2].map(() => server.inject({ url, headers: browser })))
    const nonces = answers.map(
      ({ headers }) => /script-src 'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1],
    )
    expect(new Set(nonces).size).toBe(2)
    for (const [index, { body, headers }] of answers.entries()) {
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(body).toContain(`<script nonce="${nonces[index]}">`)
      expect(body).not.toMatch(/ src="|<link [^>]*href="(?!data:)/)
      expect(body).not.toContain(' style="')
    }
  })

  test('finds where to install each app on their system, beside the button that adds the subscription', async () => {
    const { server } = await createFakeWeb()
    const { body } = await server.inject({ url: `${url}?lang=en`, headers: browser })
    for (const system of systems)
      for (const { app, storeUrl } of appsOf(system)) {
        expect(body).toContain(`href="${storeUrl.replaceAll('&', '&amp;')}" aria-label="Install ${app.name}">`)
        expect(body).toContain(`>Add to ${app.name}</a>`)
      }
  })

  test("reads the shop's own name and sees its logo", async () => {
    const png = new Uint8Array([137, 80, 78, 71])
    const { server } = await createFakeWeb({
      shop: { getShop: async () => ({ name: 'Fast <Fox>', logoVersion: 'abc123' }), getShopLogo: async () => png },
    })
    const { body, headers } = await server.inject({ url: `${url}?lang=en`, headers: browser })
    expect(body).toContain('<title>Subscription · Fast &lt;Fox&gt;</title>')
    expect(body).toContain('<img class="logo" src="../logo?v=abc123"')
    expect(body).toContain('<div class="qr"><svg')
    expect(headers['content-security-policy']).toContain("img-src 'self' data:")
    const logo = await server.inject({ url: '/logo?v=abc123' })
    expect([logo.headers['content-type'], logo.rawPayload.toString('hex')]).toEqual(['image/png', '89504e47'])
    expect((await createFakeWeb().then((other) => other.server.inject({ url: '/logo' }))).statusCode).toBe(404)
  })

  test('reads in which zone the end is said', async () => {
    const { server } = await createFakeWeb()
    const { body } = await server.inject({ url: `${url}?lang=en`, headers: browser })
    expect(body).toContain('21 December 2026 at 12:00 MSK')
  })

  test('reads servers in the language of the page', async () => {
    const asked: unknown[] = []
    const getKeyByToken = async (_token: string, language?: string) => {
      asked.push(language)
      return activeKey
    }
    const { server } = await createFakeWeb({ shop: { getKeyByToken } })
    await server.inject({ url: `${url}?lang=en`, headers: browser })
    await server.inject({ url, headers: { 'user-agent': 'Happ/4.1.0' } })
    expect(asked).toEqual(['en', undefined])
  })

  test('is told how many servers are ready while the others follow', async () => {
    const { server } = await createFakeWeb({ key: { ...activeKey, ready: { count: 2, of: 3 } } })
    const { body } = await server.inject({ url: `${url}?lang=en`, headers: browser })
    expect(body).toContain('2 of 3 servers are ready')
    const whole = await createFakeWeb()
    expect((await whole.server.inject({ url: `${url}?lang=en`, headers: browser })).body).not.toContain('are ready')
  })

  test('is led to the price list when a trial runs and when it has ended', async () => {
    for (const [key, title] of [
      [{ ...activeKey, isTrial: true }, en.plain('situation-active-title')],
      [{ ...expiredKey, isTrial: true }, en.plain('situation-trial-ended-title')],
    ] as const) {
      const { server } = await createFakeWeb({ key })
      const { body } = await server.inject({ url: `${url}?lang=en`, headers: browser })
      expect(body).toContain(title)
      expect(body).toContain(`href="https://t.me/shop_bot?start=renew">${en.plain('choose-plan')}</a>`)
    }
  })

  test('reads a clear page in both languages when the link is wrong', async () => {
    const { server } = await createFakeWeb()
    const { body, statusCode } = await server.inject({ url: '/s/nothing', headers: browser })
    expect(statusCode).toBe(404)
    expect(body).toContain(ru.plain('problem-not-found-title'))
    expect(body).toContain(en.plain('problem-not-found-title'))
  })
})

describe('/open', () => {
  const open = `/open?app=happ&t=${token}`

  test('opens the app that was named, and offers a button for where that is not let', async () => {
    const { server, log } = await createFakeWeb()
    const { body, statusCode, headers } = await server.inject({ url: open, headers: browser })
    expect(statusCode).toBe(200)
    expect(headers.location).toBeUndefined()
    expect(body).toContain(`data-open href="happ://add/${activeKey.subscriptionUrl}"`)
    expect(body).toContain(`href="?app=happ&amp;t=${token}&amp;lang=en"`)
    expect(log.join('\n')).not.toContain(token)
  })

  test.each(['happ', 'v2raytun', 'hiddify', 'v2rayng', 'streisand', 'shadowrocket'])('knows %s', async (app) => {
    const { server } = await createFakeWeb()
    const { body } = await server.inject({ url: `/open?app=${app}&t=${token}`, headers: browser })
    expect(body).toContain(`data-open href="${app}://`)
  })

  test.each([
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)', 'https://apps.apple.com/'],
    ['Mozilla/5.0 (Windows NT 10.0)', 'https://github.com/Happ-proxy/'],
    [browser['user-agent'], 'https://play.google.com/'],
  ])('offers to install the app to %s', async (userAgent, store) => {
    const { server } = await createFakeWeb()
    const { body } = await server.inject({ url: open, headers: { ...browser, 'user-agent': userAgent } })
    expect(body).toContain(`<a class="button" href="${store}`)
  })

  test('says how things stand where there is nothing to import', async () => {
    const { server } = await createFakeWeb({ key: expiredKey })
    const { body } = await server.inject({ url: open, headers: browser })
    expect(body).toContain(ru.plain('situation-expired-title'))
    expect(body).not.toContain('happ://')
  })

  test.each([
    '/open',
    `/open?app=https://evil.test&t=${token}`,
    `/open?app=javascript&t=${token}`,
    `/open?app=__proto__&t=${token}`,
    `/open?app=happ&app=hiddify&t=${token}`,
    `/open?app=happ&t=${token}&t=${token}`,
    '/open?app=happ&t=unknown',
    `/open?app=happ&t=${token}%0d%0aset-cookie:x`,
    '/open?app=%F0%9F%92%A9&t=%FF%FE',
  ])('answers a clear 404 to %s', async (url) => {
    const { server } = await createFakeWeb()
    const { body, statusCode } = await server.inject({ url, headers: browser })
    expect(statusCode).toBe(404)
    expect(body).toContain(ru.plain('problem-not-found-title'))
    expect(body).not.toMatch(/evil|javascript:/)
  })
})
