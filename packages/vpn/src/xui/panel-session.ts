import { type EndpointCause, type EndpointConfig, EndpointRefused } from '@vpn-kiosk/domain'
import { oneTimeCode } from './one-time-code.ts'
import type { PanelResponse } from './panel-answers.ts'
import { causeOfClosedDoor, PanelDoorClosed, PanelRefusal, parseJson, readEnvelope } from './panel-answers.ts'
import { createPanelHttp, type PanelRequest } from './panel-http.ts'
import { readXuiConfig, type XuiConfig } from './settings.ts'

/** Talks to one panel as an admin: logs in when it must, and once more when the session was lost. */
export interface PanelSession {
  /** The envelope's `obj`. Throws `PanelRefusal`, `PanelDoorClosed` or `EndpointUnreachable`. */
  call(request: PanelRequest): Promise<unknown>
  /** The panel's own time at its last answer; null where it sends none. */
  panelTime(): Date | null
  close(): void
}

/** The panel as its admin sees it, for tools that work behind the driver's back. */
export const openPanelSession = (config: EndpointConfig): PanelSession => createPanelSession(readXuiConfig(config))

/**
 * How the panel says "log in": 404 with an empty body (2.8.4 and later), 401, or a redirect to the login page. Other
 * servers say with 400 and 405 that there is no panel.
 */
const closedDoor = new Set([301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 429])

export function createPanelSession(config: XuiConfig): PanelSession {
  const { settings, secrets } = config
  const link = createPanelLink(config)
  let entered: Promise<void> | null = null

  /** One login at a time, shared by all calls that wait for it; a failed one is forgotten. */
  const enter = (): Promise<void> => {
    if (secrets.token !== undefined) return Promise.resolve()
    entered ??= logIn(link, config).catch((error: unknown) => {
      entered = null
      throw error
    })
    return entered
  }

  const refuse = (response: PanelResponse, { path }: PanelRequest): PanelDoorClosed => {
    const byToken = secrets.token !== undefined
    return new PanelDoorClosed(response.status, doorHint(byToken, path), causeOf(response, byToken, settings.url))
  }

  return {
    async call(request) {
      await enter()
      const seen = entered
      let response = await link.send(request)
      if (closedDoor.has(response.status) && secrets.token === undefined) {
        if (entered === seen) entered = null
        await enter()
        response = await link.send(request)
      }
      if (closedDoor.has(response.status)) throw refuse(response, request)
      return readEnvelope(response)
    },
    panelTime: link.panelTime,
    close: link.close,
  }
}

/** Requests that carry what the panel knows its admin by: the API token, or cookies and a CSRF token. */
interface PanelLink {
  send(request: PanelRequest): Promise<PanelResponse>
  /** Forgets the session, as before a login. */
  forgetSession(): void
  keepCsrfToken(token: string | null): void
  panelTime(): Date | null
  close(): void
}

function createPanelLink({ settings, secrets }: XuiConfig): PanelLink {
  const http = createPanelHttp({
    baseUrl: settings.url,
    timeoutMs: settings.timeoutMs,
    pinnedCertificate: settings.pinnedCertificate ?? null,
  })
  const cookies = new Map<string, string>()
  let csrfToken: string | null = null
  let panelTime: Date | null = null
  return {
    async send(request) {
      const headers: Record<string, string> = { ...request.headers }
      if (secrets.token !== undefined) headers.authorization = `Bearer ${secrets.token}`
      else if (cookies.size > 0) headers.cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      if (csrfToken !== null && request.method === 'POST') headers['x-csrf-token'] = csrfToken
      const response = await http.send({ ...request, headers })
      panelTime = response.panelTime
      for (const line of response.cookies) keepCookie(cookies, line)
      return response
    },
    forgetSession() {
      cookies.clear()
      csrfToken = null
    },
    keepCsrfToken(token) {
      csrfToken = token
    },
    panelTime: () => panelTime,
    close: http.close,
  }
}

async function logIn(link: PanelLink, { settings, secrets }: XuiConfig): Promise<void> {
  link.forgetSession()
  // Panels from 3.0 on hand out a token here; older ones have no such page.
  const door = await link.send({ method: 'GET', path: 'csrf-token' })
  link.keepCsrfToken(readCsrfToken(door))
  await assertCodeIsKnown(link, secrets)
  const form = {
    username: settings.username ?? '',
    password: secrets.password ?? '',
    ...secondFactor(secrets, door.panelTime),
  }
  const answer = await link.send({ method: 'POST', path: 'login', form })
  if (closedDoor.has(answer.status)) {
    const hint = 'no login at this address, or another host name is expected'
    throw new PanelDoorClosed(answer.status, hint, causeOfClosedDoor(answer, settings.url))
  }
  try {
    readEnvelope(answer)
  } catch (error) {
    if (error instanceof PanelRefusal) throw new PanelRefusal(`login: ${error.reason}`, refusedLogin(secrets))
    throw error
  }
}

type Secrets = XuiConfig['secrets']

/** The panel says the same of a wrong password, a wrong code and a locked login. */
const refusedLogin = ({ twoFactorSecret }: Secrets): EndpointCause =>
  twoFactorSecret === undefined ? 'wrong_credentials' : 'two_factor_wrong'

/** A login without the code that the panel wants would count as a failure there; 2.6 and later say that they want one. */
async function assertCodeIsKnown(link: PanelLink, { twoFactorSecret }: Secrets): Promise<void> {
  if (twoFactorSecret !== undefined) return
  const answer = await link.send({ method: 'POST', path: 'getTwoFactorEnable', json: {} })
  const body = answer.status === 200 ? parseJson(answer.body) : null
  if (typeof body === 'object' && body !== null && 'obj' in body && body.obj === true)
    throw new EndpointRefused('the panel wants a one-time code', { code: 'two_factor_needed' })
}

const secondFactor = ({ twoFactorSecret }: Secrets, at: Date | null): { twoFactorCode?: string } =>
  twoFactorSecret === undefined || at === null ? {} : { twoFactorCode: oneTimeCode(twoFactorSecret, at) }

/** After a login that was taken, a closed door is the path's fault, not the password's. */
function causeOf(response: PanelResponse, byToken: boolean, url: string): EndpointCause {
  if (response.status !== 401 && response.status !== 403) return causeOfClosedDoor(response, url)
  const cause = causeOfClosedDoor(response, url)
  if (cause === 'not_a_panel') return cause
  return byToken ? 'wrong_credentials' : 'other'
}

const doorHint = (byToken: boolean, path: string): string =>
  byToken
    ? `the token is not accepted, or ${path} is not there`
    : `the session is not accepted, or ${path} is not there`

function readCsrfToken(response: PanelResponse): string | null {
  const body = parseJson(response.body)
  const token = typeof body === 'object' && body !== null && 'obj' in body ? body.obj : null
  return response.status === 200 && typeof token === 'string' && token !== '' ? token : null
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';')
  const at = pair.indexOf('=')
  if (at > 0) cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim())
}
