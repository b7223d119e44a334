import type { EndpointCause } from '@vpn-kiosk/domain'
import { EndpointRefused } from '@vpn-kiosk/domain'
import { oneTimeCode } from './one-time-code.ts'
import type { PanelResponse } from './panel-answers.ts'
import {
  causeOfClosedDoor,
  closedDoor,
  PanelDoorClosed,
  PanelRefusal,
  parseJson,
  readEnvelope,
} from './panel-answers.ts'
import type { PanelLink } from './panel-link.ts'
import type { XuiConfig } from './settings.ts'

type Secrets = XuiConfig['secrets']

/** Enters with name, password and, where the panel wants one, a one-time code; the link keeps the session. */
export async function logIn(link: PanelLink, { settings, secrets }: XuiConfig): Promise<void> {
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

function readCsrfToken(response: PanelResponse): string | null {
  const body = parseJson(response.body)
  const token = typeof body === 'object' && body !== null && 'obj' in body ? body.obj : null
  return response.status === 200 && typeof token === 'string' && token !== '' ? token : null
}
