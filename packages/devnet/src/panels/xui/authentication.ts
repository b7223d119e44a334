import { randomBytes } from 'node:crypto'
import { addMs, type Clock, minuteMs } from '@vpn-kiosk/domain'
import { Secret, TOTP } from 'otpauth'

/** Who may come in: sessions by cookie, CSRF tokens, API tokens, and the lock after wrong passwords. */
export interface PanelAuthentication {
  readonly username: string
  password: string
  /** Null on panels that have no API tokens. */
  readonly token: string | null
  /** The seed of the one-time code that a login needs; null = none. */
  twoFactor: string | null
  /** How often a login was refused, the lock included. */
  refusedLogins: number
  /** A page before login; the cookie carries a CSRF token from now on. */
  startSession(cookie: string | undefined): { readonly cookie: string; readonly csrfToken: string }
  /** A changed password ends every session. */
  changePassword(password: string): void
  logIn(attempt: {
    readonly username: string
    readonly password: string
    readonly twoFactorCode?: string | undefined
    readonly cookie: string | undefined
  }): { readonly cookie: string } | null
  isLoggedIn(cookie: string | undefined): boolean
  isTokenValid(authorization: string | undefined): boolean
  isCsrfValid(cookie: string | undefined, header: string | undefined): boolean
  /** Every session is over, as after a change of the panel's password. */
  endSessions(): void
}

interface Session {
  csrfToken: string
  loggedInUntil: Date | null
}

const sessionMs = 360 * minuteMs
const failureWindowMs = 5 * minuteMs
const lockMs = 15 * minuteMs

export function createAuthentication(clock: Clock, { usesCsrf }: { readonly usesCsrf: boolean }): PanelAuthentication {
  const username = 'owner'
  const firstPassword = randomBytes(9).toString('base64url')
  const token = usesCsrf ? randomBytes(24).toString('hex') : null
  const sessions = new Map<string, Session>()
  let failures: Date[] = []
  let lockedUntil: Date | null = null

  const find = (cookie: string | undefined): Session | undefined =>
    sessions.get(/3x-ui=([^;]+)/.exec(cookie ?? '')?.[1] ?? '')
  const open = (session: Session): string => {
    const name = randomBytes(24).toString('base64url')
    sessions.set(name, session)
    return `3x-ui=${name}`
  }
  const noteFailure = (): null => {
    const now = clock.now()
    failures = [...failures.filter((at) => at > addMs(now, -failureWindowMs)), now]
    if (usesCsrf && failures.length >= 5) lockedUntil = addMs(now, lockMs)
    return null
  }

  const authentication: PanelAuthentication = {
    username,
    password: firstPassword,
    token,
    twoFactor: null,
    refusedLogins: 0,
    changePassword(password) {
      authentication.password = password
      sessions.clear()
    },
    startSession(cookie) {
      const known = find(cookie)
      if (known !== undefined) return { cookie: cookie ?? '', csrfToken: known.csrfToken }
      const session: Session = { csrfToken: randomBytes(24).toString('base64url'), loggedInUntil: null }
      return { cookie: open(session), csrfToken: session.csrfToken }
    },
    logIn(attempt) {
      const isLocked = lockedUntil !== null && clock.now() < lockedUntil
      const isRight =
        attempt.username === username && attempt.password === authentication.password && isCodeValid(attempt)
      if (isLocked || !isRight) authentication.refusedLogins += 1
      if (isLocked) return null
      if (!isRight) return noteFailure()
      failures = []
      const csrfToken = find(attempt.cookie)?.csrfToken ?? ''
      return { cookie: open({ csrfToken, loggedInUntil: addMs(clock.now(), sessionMs) }) }
    },
    isLoggedIn: (cookie) => {
      const until = find(cookie)?.loggedInUntil
      return until instanceof Date && clock.now() < until
    },
    isTokenValid: (authorization) => token !== null && authorization === `Bearer ${token}`,
    isCsrfValid: (cookie, header) =>
      !usesCsrf || (header !== undefined && header !== '' && find(cookie)?.csrfToken === header),
    endSessions: () => sessions.clear(),
  }
  const isCodeValid = ({ twoFactorCode }: { readonly twoFactorCode?: string | undefined }): boolean =>
    authentication.twoFactor === null ||
    twoFactorCode ===
      new TOTP({ secret: Secret.fromBase32(authentication.twoFactor) }).generate({ timestamp: Date.now() })
  return authentication
}
