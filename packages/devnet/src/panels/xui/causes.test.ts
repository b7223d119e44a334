import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EndpointConfig } from '@vpn-kiosk/domain'
import { createSimulatedClock } from '@vpn-kiosk/telegram-simulator'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { startXuiSimulator } from './start-xui-simulator.ts'
import { closePanels, kind, startPanel } from './testing/start-panel.ts'

afterEach(closePanels)

const failureOf = async (config: EndpointConfig) =>
  kind.discover(config).then(
    () => 'found',
    (error: { code?: string }) => error.code,
  )

/** A certificate that nobody vouches for. */
function selfSigned() {
  const folder = mkdtempSync(join(tmpdir(), 'vpn-kiosk-panel-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=panel', '-days', '2', '-keyout', key, '-out', cert]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject], { stdio: 'ignore' })
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
}

describe('what fails before the panel speaks', () => {
  test('is told by its cause', async () => {
    const { panel } = await startPanel({ generation: 'modern' })
    const at = (url: string): EndpointConfig => ({
      settings: { url, username: panel.username, timeoutMs: 1_000 },
      secrets: { password: panel.password },
    })
    const port = new URL(panel.url).port
    const mute = createServer(() => undefined).listen(0, '127.0.0.1')
    await new Promise((resolve) => mute.once('listening', resolve))
    const { port: mutePort } = mute.address() as { port: number }
    expect({
      name: await failureOf(at('http://no-such-name.invalid/')),
      refused: await failureOf(at('http://127.0.0.1:1/')),
      silent: await failureOf(at(`http://127.0.0.1:${mutePort}/`)),
      scheme: await failureOf(at(panel.url.replace('http:', 'https:'))),
      path: await failureOf(at(`http://127.0.0.1:${port}/elsewhere/`)),
      pasted: await failureOf(at(`${panel.url}/panel/inbounds?tab=1`)),
      login: await failureOf(at(`${panel.url}login`)),
      doubled: await failureOf(at(panel.url.replace(/\/shop-panel\/$/, '//shop-panel//'))),
    }).toEqual({
      name: 'name_unknown',
      refused: 'connection_refused',
      silent: 'timeout',
      scheme: 'not_https',
      path: 'wrong_path',
      pasted: 'found',
      login: 'found',
      doubled: 'found',
    })
    mute.close()
    for (const [fault, code] of [
      ['redirect', 'redirected'],
      ['protected', 'not_a_panel'],
      ['html', 'not_a_panel'],
      ['bad-gateway', 'server_error'],
      ['endless', 'answer_too_large'],
    ] as const) {
      panel.failNext(fault, { on: '/login' })
      expect(await failureOf(at(panel.url)), fault).toBe(code)
    }
  })

  test('is a certificate that nobody vouches for: its fingerprint can be confirmed, and no other is taken then', async () => {
    const tls = selfSigned()
    const clock = createSimulatedClock(new Date('2026-03-01T09:00:00Z'), { frozen: true })
    const panel = await startXuiSimulator({ generation: 'modern', clock, tls })
    const fingerprint = createHash('sha256').update(new X509Certificate(tls.cert).raw).digest('hex')
    const config = (settings: object): EndpointConfig => ({
      settings: { url: panel.url, username: panel.username, ...settings },
      secrets: { password: panel.password },
    })
    await expect(kind.discover(config({}))).rejects.toMatchObject({ code: 'tls_self_signed', fingerprint })
    expect(panel.refusedLogins()).toBe(0)
    const shown = fingerprint.toUpperCase().replace(/(..)(?=.)/g, '$1:')
    expect(await failureOf(config({ pinnedCertificate: shown }))).toBe('found')
    const other = { code: 'certificate_changed', fingerprint }
    await expect(kind.discover(config({ pinnedCertificate: '0'.repeat(64) }))).rejects.toMatchObject(other)
    expect(await failureOf(config({ url: panel.url.replace('https:', 'http:') }))).toBe('not_http')
    await panel.close()
  })
})

describe('a login', () => {
  test('without the code that the panel wants is not tried, and a mistyped seed is refused before', async () => {
    const { panel } = await startPanel({ generation: 'modern' })
    const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
    panel.setTwoFactor(seed)
    const login = (secrets: Record<string, string>): EndpointConfig => ({
      settings: { url: panel.url, username: panel.username, inboundIds: [1] },
      secrets: { password: panel.password, ...secrets },
    })
    expect([await failureOf(login({})), panel.refusedLogins()]).toEqual(['two_factor_needed', 0])
    for (const mistyped of [seed.replace('G', '0'), seed.slice(2), '', 'not base 32!'])
      expect(() => kind.parse(login({ twoFactorSecret: mistyped })), mistyped).toThrow(
        expect.objectContaining({ code: 'settings_invalid', field: 'twoFactorSecret' }),
      )
    expect(await failureOf(login({ twoFactorSecret: seed }))).toBe('found')
    expect(await failureOf(login({ twoFactorSecret: seed, password: 'wrong' }))).toBe('two_factor_wrong')
  })
})
