import type { BotBase } from '@vpn-kiosk/telegram'
import type { AdminContext } from './context.ts'

/** The bytes of the file that came with a message; null when there is none, it is too large or it can't be fetched. */
export type FetchFile = (ctx: AdminContext, maxBytes: number) => Promise<Uint8Array | null>

const timeoutMs = 15_000

/** The address holds the bot's token, so a failure says nothing of it. */
export function fetchFile({
  token,
  apiRoot = 'https://api.telegram.org',
}: Pick<BotBase, 'token' | 'apiRoot'>): FetchFile {
  return async (ctx, maxBytes) => {
    const { document, photo } = ctx.message ?? {}
    const sent = document ?? photo?.at(-1)
    if (!sent || (sent.file_size ?? 0) > maxBytes) return null
    const { file_path: path } = await ctx.getFile()
    if (path === undefined) return null
    try {
      const response = await fetch(`${apiRoot}/file/bot${token}/${path}`, { signal: AbortSignal.timeout(timeoutMs) })
      if (!response.ok) return null
      const body = new Uint8Array(await response.arrayBuffer())
      return body.byteLength <= maxBytes ? body : null
    } catch {
      return null
    }
  }
}
