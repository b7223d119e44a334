import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import Fastify, { type FastifyInstance } from 'fastify'
import type { PanelAuthentication } from './authentication.ts'
import type { PanelFaults } from './faults.ts'
import { cutDepleted, type PanelState, restartCore } from './state.ts'

export interface PanelServerOptions {
  readonly prefix: string
  readonly usesCsrf: boolean
  /** Sent in the status from 3.1 on. */
  readonly panelVersion: string | undefined
  readonly state: PanelState
  readonly authentication: PanelAuthentication
  readonly faults: PanelFaults
  readonly xray: { state: string }
  /** The panel ends TLS itself. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined
}

const page = '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>'

/** The panel's HTTP server: login, sessions, CSRF, status and faults. The client calls are added by the caller. */
export function createPanelServer(options: PanelServerOptions): FastifyInstance {
  const app = openServer(options.tls)
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))))
  })
  addFaults(app, options)
  addGuard(app, options)
  addLogin(app, options)
  app.post(`${options.prefix}panel/api/server/restartXrayService`, () => {
    restartCore(options.state)
    return { success: true, msg: 'Xray has been successfully relaunched.', obj: null }
  })
  app.get(`${options.prefix}panel/api/server/status`, () => ({ success: true, msg: '', obj: showStatus(options) }))
  app.setNotFoundHandler((_request, answer) => answer.code(404).send())
  return app
}

const openServer = (tls: PanelServerOptions['tls']): FastifyInstance =>
  tls === undefined
    ? Fastify({ logger: false, forceCloseConnections: true })
    : (Fastify({ logger: false, forceCloseConnections: true, https: { ...tls } }) as unknown as FastifyInstance)

function addFaults(app: FastifyInstance, { faults, state }: PanelServerOptions): void {
  app.addHook('onRequest', async (request, answer) => {
    const fault = faults.take(request.url)
    if (fault === 'slow') await delay(2_000)
    if (fault === 'bad-gateway') return answer.code(502).type('text/html').send(page)
    if (fault === 'html') return answer.code(200).type('text/html').send(page)
    if (fault === 'protected') return answer.code(403).type('text/html').send(page)
    if (fault === 'redirect') return answer.code(302).header('location', 'https://elsewhere.example/').send()
    if (fault === 'endless') return answer.type('application/json').send(endlessBody())
    if (fault === 'empty') return answer.send({ success: true, msg: '', obj: null })
    if (fault === 'database-locked')
      return answer.send({ success: false, msg: 'Something went wrong (database is locked)', obj: null })
    if (fault === 'lose-answer') answer.raw.once('done', () => request.raw.socket.destroy())
    if (fault === 'overtaken') {
      const before = [...state.inbounds.values()].map((inbound) => ({ inbound, settings: inbound.settings }))
      answer.raw.once('done', () => {
        for (const { inbound, settings } of before) inbound.settings = settings
      })
    }
    return undefined
  })
  app.addHook('onSend', async (_request, answer, payload) => {
    answer.raw.emit('done')
    return payload
  })
}

/** An answer of 800 MB, made as it is read. */
const endlessBody = (): Readable =>
  Readable.from(
    (function* () {
      const megabyte = Buffer.alloc(1024 ** 2, ' ')
      for (let sent = 0; sent < 800; sent++) yield megabyte
    })(),
  )

/** Unknown callers see nothing: 404, or 401 on newer panels for a caller that says it is a script. */
function addGuard(app: FastifyInstance, { prefix, usesCsrf, authentication, state }: PanelServerOptions): void {
  app.addHook('onRequest', async (request, answer) => {
    cutDepleted(state)
    if (!request.url.startsWith(`${prefix}panel/`)) return undefined
    const { cookie, authorization } = request.headers
    if (authentication.isTokenValid(authorization)) return undefined
    const isScript = request.headers['x-requested-with'] === 'XMLHttpRequest'
    if (!authentication.isLoggedIn(cookie)) return answer.code(usesCsrf && isScript ? 401 : 404).send()
    if (request.method !== 'GET' && !authentication.isCsrfValid(cookie, csrfHeader(request.headers)))
      return answer.code(403).send()
    return undefined
  })
}

const csrfHeader = (headers: NodeJS.Dict<string | string[]>): string | undefined => {
  const value = headers['x-csrf-token']
  return typeof value === 'string' ? value : undefined
}

function addLogin(app: FastifyInstance, { prefix, usesCsrf, authentication }: PanelServerOptions): void {
  const cookieLine = (cookie: string) => `${cookie}; Path=${prefix}; Max-Age=21600; HttpOnly; SameSite=Lax`
  if (usesCsrf) {
    app.get(`${prefix}csrf-token`, (request, answer) => {
      const { cookie, csrfToken } = authentication.startSession(request.headers.cookie)
      return answer.header('set-cookie', cookieLine(cookie)).send({ success: true, msg: '', obj: csrfToken })
    })
  }
  app.post(`${prefix}getTwoFactorEnable`, () => ({ success: true, msg: '', obj: authentication.twoFactor !== null }))
  app.post<{ Body: { username?: string; password?: string; twoFactorCode?: string } }>(
    `${prefix}login`,
    (request, answer) => {
      const { cookie } = request.headers
      if (!authentication.isCsrfValid(cookie, csrfHeader(request.headers))) return answer.code(403).send()
      const session = authentication.logIn({
        username: request.body?.username ?? '',
        password: request.body?.password ?? '',
        twoFactorCode: request.body?.twoFactorCode,
        cookie,
      })
      if (session === null)
        return answer.send({ success: false, msg: 'Invalid username or password or two-factor code.', obj: null })
      return answer
        .header('set-cookie', cookieLine(session.cookie))
        .send({ success: true, msg: 'You have successfully logged into your account.', obj: null })
    },
  )
}

const showStatus = ({ panelVersion, xray, state }: PanelServerOptions) => ({
  cpu: 3.5,
  cpuCores: 2,
  logicalPro: 2,
  mem: { current: 734_003_200, total: 2_097_152_000 },
  swap: { current: 0, total: 0 },
  disk: { current: 4_000_000_000, total: 20_000_000_000 },
  xray: { state: xray.state, errorMsg: '', version: '26.2.6' },
  ...(panelVersion === undefined ? {} : { panelVersion }),
  uptime: 86_400,
  appStats: {
    threads: 12,
    mem: 33_554_432,
    uptime: Math.floor((state.clock.now().getTime() - state.runningSince.getTime()) / 1000),
  },
  loads: [0.1, 0.1, 0.1],
  tcpCount: 40,
  udpCount: 4,
  netIO: { up: 0, down: 0 },
  netTraffic: { sent: 0, recv: 0 },
})
