import type { ProviderId } from './provider.ts'

/**
 * A way to pay as customers choose it: a provider (`cryptobot`), or one of the ways that a provider can offer apart
 * (`yookassa.sbp`). The provider alone is its own page, with all that it has.
 */
export type MethodId = string

export interface MethodOf {
  readonly provider: ProviderId
  /** One of the provider's `methods`; absent for its own page. */
  readonly method?: string | undefined
}

export const methodIdOf = ({ provider, method }: MethodOf): MethodId =>
  method === undefined ? provider : `${provider}.${method}`

/** The parts of an id; whether there is such a provider is another question. */
export function readMethodId(id: MethodId): MethodOf {
  const dot = id.indexOf('.')
  return dot < 0 ? { provider: id } : { provider: id.slice(0, dot), method: id.slice(dot + 1) }
}
