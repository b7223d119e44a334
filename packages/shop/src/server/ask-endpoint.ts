import { EndpointRefused, EndpointUnreachable } from '@vpn-kiosk/domain'
import { causeOfFailure, type EndpointFailure } from './endpoint-failure.ts'

/** A driver's two errors as values; anything else is our own failure and is thrown on. */
export async function askEndpoint<T>(
  ask: () => Promise<T>,
): Promise<{ readonly kind: 'answered'; readonly value: T } | EndpointFailure> {
  try {
    return { kind: 'answered', value: await ask() }
  } catch (error) {
    if (error instanceof EndpointRefused) return { kind: 'refused', ...causeOfFailure(error) }
    if (error instanceof EndpointUnreachable) return { kind: 'unreachable', ...causeOfFailure(error) }
    throw error
  }
}
