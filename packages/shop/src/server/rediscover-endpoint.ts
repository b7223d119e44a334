import { EndpointEntity } from '@vpn-kiosk/db'
import type { EndpointDiscovery, EndpointId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { askEndpoint } from './ask-endpoint.ts'
import type { EndpointFailure } from './endpoint-failure.ts'

export interface OfferedChoice {
  /** The setting that takes it, e.g. `inboundIds`. */
  readonly setting: string
  readonly value: string
  readonly label: string
  readonly isChosen: boolean
}

export type RediscoverEndpointResult =
  | {
      readonly kind: 'found'
      readonly facts: EndpointDiscovery['facts']
      readonly choices: readonly OfferedChoice[]
      /** Chosen, and not there any more. */
      readonly missing: readonly { readonly setting: string; readonly value: string }[]
    }
  | { readonly kind: 'unknown_endpoint' }
  | EndpointFailure
  | Forbidden

/** Asks an endpoint of ours what can be sold on it now, and compares that with what was chosen. Stores nothing. */
export async function rediscoverEndpoint(
  deps: Pick<ShopDeps, 'db' | 'policy' | 'drivers' | 'vault'>,
  actor: Actor,
  id: EndpointId,
): Promise<RediscoverEndpointResult> {
  if (!(await hasPermission(deps, actor, 'change_servers'))) return { kind: 'forbidden' }
  const endpoint = await deps.db.em().findOne(EndpointEntity, { id })
  if (!endpoint) return { kind: 'unknown_endpoint' }
  const kind = deps.drivers.get(endpoint.driver)
  if (!kind) return { kind: 'unknown_driver' }
  const { settings } = endpoint
  const secrets = deps.vault.open<Record<string, string>>(endpoint.secrets, `endpoints.secrets:${id}`)
  const found = await askEndpoint(() => kind.discover({ settings, secrets }))
  if (found.kind !== 'answered') return found
  const choices = found.value.choices.map((choice) => ({
    ...choice,
    isChosen: chosenOf(settings[choice.setting]).includes(choice.value),
  }))
  const missing = [...new Set(choices.map(({ setting }) => setting))].flatMap((setting) =>
    chosenOf(settings[setting])
      .filter((chosen) => !choices.some((choice) => choice.setting === setting && choice.value === chosen))
      .map((value) => ({ setting, value })),
  )
  return { kind: 'found', facts: found.value.facts, choices, missing }
}

const chosenOf = (value: unknown): string[] =>
  value === undefined || value === null ? [] : (Array.isArray(value) ? value : [value]).map(String)
