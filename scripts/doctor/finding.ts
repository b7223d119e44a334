import type { Config } from '@vpn-kiosk/app'
import type { Database } from '@vpn-kiosk/db'
import type { Clock } from '@vpn-kiosk/domain'

/** The result of one check; `--json` prints it unchanged. */
export interface Finding {
  readonly check: string
  /** `next_step`: nothing is broken, but the shop's setup is not complete. */
  readonly status: 'fine' | 'wrong' | 'not_set' | 'next_step'
  readonly message: string
  /** The advice to the operator; null when there is nothing to do. */
  readonly advice: string | null
}

/** What the checks examine. */
export interface DoctorContext {
  readonly config: Config
  readonly clock: Clock
  readonly database: DatabaseState
}

type DatabaseState =
  | { readonly kind: 'open'; readonly db: Database }
  | { readonly kind: 'closed'; readonly reason: string }

export interface Check {
  /** The finding's name when the check itself fails or takes too long. */
  readonly name: string
  readonly examine: (context: DoctorContext) => Promise<readonly Finding[]>
}

export const fine = (check: string, message: string): Finding => ({ check, status: 'fine', message, advice: null })

export const wrong = (check: string, message: string, advice: string): Finding => ({
  check,
  status: 'wrong',
  message,
  advice,
})

export const nextStep = (check: string, message: string, advice: string): Finding => ({
  check,
  status: 'next_step',
  message,
  advice,
})

export const notSet = (check: string, message: string, advice: string | null = null): Finding => ({
  check,
  status: 'not_set',
  message,
  advice,
})
