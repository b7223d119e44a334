import type { BotBase } from '@vpn-kiosk/telegram'
import type { AdminContext } from '../../context.ts'

/** The text of the document that came with a message; null when there is none, it is too large or it can't be fetched. */
export type ReadDocument = (ctx: AdminContext) => Promise<string | null>

/** A private key is a few kilobytes. */
const maxBytes = 32_768
const timeoutMs = 15_000

/** The address holds the bot's token, so a failure says nothing of it. */
export function readDocument({
  token,
  apiRoot = 'https://api.telegram.org',
}: Pick<BotBase, 'token' | 'apiRoot'>): ReadDocument {
  return async (ctx) => {
    const { document } = ctx.message ?? {}
    if (!document || (document.file_size ?? 0) > maxBytes) return null
    const { file_path: path } = await ctx.getFile()
    if (path === undefined) return null
    try {
      const response = await fetch(`${apiRoot}/file/bot${token}/${path}`, { signal: AbortSignal.timeout(timeoutMs) })
      if (!response.ok) return null
      const body = await response.arrayBuffer()
      return body.byteLength <= maxBytes ? new TextDecoder().decode(body) : null
    } catch {
      return null
    }
  }
}
