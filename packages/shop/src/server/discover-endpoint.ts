import {
  cutText,
  type DriverId,
  type EndpointCause,
  type EndpointConfig,
  type EndpointDiscovery,
  EndpointRefused,
  EndpointUnreachable,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type Actor, type Forbidden, mayAct } from '../staff/permission.ts'

/** Why an endpoint can't be used. Holds no secrets. */
export type EndpointFailure =
  | { readonly kind: 'unknown_driver' }
  | ({ readonly kind: 'refused' | 'unreachable' } & EndpointCauseFound)

/** `code` is for locales, `reason` the driver's technical words. */
export interface EndpointCauseFound {
  readonly reason: string
  readonly code: EndpointCause
  /** With `settings_invalid`. */
  readonly field?: string
  /** With `tls_self_signed` and `certificate_changed`: what a person confirms, for the setting `pinnedCertificate`. */
  readonly fingerprint?: string
}

export type DiscoverEndpointResult =
  | { readonly kind: 'found'; readonly discovery: EndpointDiscovery }
  | EndpointFailure
  | Forbidden

export interface EndpointDraft extends EndpointConfig {
  readonly driver: DriverId
}

/** Looks at an endpoint before it is saved: what is there, what can be chosen, what must be confirmed. Stores nothing. */
export async function discoverEndpoint(
  deps: Pick<ShopDeps, 'db' | 'policy' | 'drivers'>,
  actor: Actor,
  draft: EndpointDraft,
): Promise<DiscoverEndpointResult> {
  if (!(await mayAct(deps, actor, 'change_servers'))) return { kind: 'forbidden' }
  const kind = deps.drivers.get(draft.driver)
  if (!kind) return { kind: 'unknown_driver' }
  const { settings, secrets } = draft
  const found = await askEndpoint(() => kind.discover({ settings, secrets }))
  return found.kind === 'answered' ? { kind: 'found', discovery: found.value } : found
}

/** A driver's two errors as values; anything else is our own failure and is thrown on. */
export async function askEndpoint<T>(
  ask: () => Promise<T>,
): Promise<{ readonly kind: 'answered'; readonly value: T } | EndpointFailure> {
  try {
    return { kind: 'answered', value: await ask() }
  } catch (error) {
    if (error instanceof EndpointRefused) return { kind: 'refused', ...causeOf(error) }
    if (error instanceof EndpointUnreachable) return { kind: 'unreachable', ...causeOf(error) }
    throw error
  }
}

const causeOf = ({ message, code, field, fingerprint }: EndpointRefused | EndpointUnreachable): EndpointCauseFound => ({
  reason: cutText(message, 300),
  code,
  ...(field === null ? {} : { field }),
  ...(fingerprint === null ? {} : { fingerprint }),
})
