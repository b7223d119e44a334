import type { EndpointCause, EndpointConfig } from '@vpn-kiosk/domain'
import { logIn } from './login.ts'
import type { PanelResponse } from './panel-answers.ts'
import { causeOfClosedDoor, closedDoor, PanelDoorClosed, readEnvelope } from './panel-answers.ts'
import type { PanelRequest } from './panel-http.ts'
import { createPanelLink } from './panel-link.ts'
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
