import { type Clock, minuteMs } from '@vpn-kiosk/domain'
import type { Logger } from '../web-deps.ts'

/** Says of refused webhooks what an operator needs, at a rate that an attacker does not choose. */
export interface RefusalLog {
  note(fields: object): void
}

/** The first refusal is logged whole; those of the following minute are counted, and the next line says how many. */
export function createRefusalLog({ logger, clock }: { readonly logger: Logger; readonly clock: Clock }): RefusalLog {
  let quietUntilMs = 0
  let unsaid = 0
  return {
    note: (fields) => {
      const nowMs = clock.now().getTime()
      if (nowMs < quietUntilMs) {
        unsaid += 1
        return
      }
      logger.warn(unsaid > 0 ? { ...fields, alsoRefused: unsaid } : fields, 'Refused a webhook')
      quietUntilMs = nowMs + minuteMs
      unsaid = 0
    },
  }
}
