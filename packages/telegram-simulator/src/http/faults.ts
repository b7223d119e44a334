import type { ServerResponse } from 'node:http'
import { BotApiError, conflict, forbidden, tooManyRequests } from '../world/bot-api-error.ts'
import type { FaultEffect } from '../world/faults.ts'

type Log = (status: number, error: string | null) => void

/** Strikes before the method runs. True when the answer was given; throws refusals; a slow reply only takes its time. */
export async function strikeBefore(fault: FaultEffect, response: ServerResponse, log: Log): Promise<boolean> {
  switch (fault.kind) {
    case 'flood':
      throw tooManyRequests(fault.retryAfter)
    case 'blocked':
      throw forbidden('bot was blocked by the user')
    case 'deactivated':
      throw forbidden('user is deactivated')
    case 'conflict':
      throw conflict('terminated by other getUpdates request; make sure that only one bot instance is running')
    case 'migrated':
      throw new BotApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: fault.toChat,
      })
    case 'server-error':
      throw new BotApiError(500, 'Internal Server Error: restart')
    case 'bad-gateway':
      log(502, 'bad gateway')
      sendBadGateway(response)
      return true
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
      return false
    case 'reset':
      return false
  }
}

/** Strikes after the method ran: its work is done, and the bot never hears of it. */
export function strikeAfter(fault: FaultEffect, response: ServerResponse, log: Log): boolean {
  if (fault.kind !== 'reset') return false
  log(0, 'connection reset')
  response.socket?.resetAndDestroy()
  return true
}

function sendBadGateway(response: ServerResponse): void {
  const html =
    '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>'
  response.writeHead(502, { 'content-type': 'text/html', 'content-length': html.length })
  response.end(html)
}
