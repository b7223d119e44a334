import { EndpointUnreachable } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { explainNonsense } from './panel-causes.ts'
import { PanelRefusal } from './panel-error.ts'
import type { PanelResponse } from './panel-response.ts'

const envelopeSchema = z.object({ success: z.boolean(), msg: z.string().default(''), obj: z.unknown() })

/** Texts of a panel that could not do it now: its SQLite was busy, its core was restarting. Asking again helps. */
const passing = /database is (locked|busy)|deadlock|connection refused|context deadline exceeded/i

/**
 * Reads `{ success, msg, obj }`, which the panel sends with HTTP 200 for its refusals too.
 * Throws `PanelRefusal` for a refusal and `EndpointUnreachable` for anything that is not the panel talking (HTML of a proxy).
 */
export function readEnvelope(response: PanelResponse): unknown {
  const envelope = envelopeSchema.safeParse(parseJson(response.body))
  if (!envelope.success) throw explainNonsense(response)
  if (envelope.data.success) return envelope.data.obj
  const reason = envelope.data.msg
    .trim()
    .replace(/\s+\)$/, ')')
    .slice(0, 300)
  if (passing.test(reason)) throw new EndpointUnreachable(`the panel could not do it now: ${reason}`, { code: 'busy' })
  throw new PanelRefusal(reason)
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
