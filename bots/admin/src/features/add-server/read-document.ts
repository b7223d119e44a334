import type { AdminContext } from '../../context.ts'
import type { FetchFile } from '../../fetch-file.ts'

/** The text of the document that came with a message; null when there is none, it is too large or it can't be fetched. */
export type ReadDocument = (ctx: AdminContext) => Promise<string | null>

/** A private key is a few kilobytes. */
const maxBytes = 32_768

export const readDocument =
  (fetchFile: FetchFile): ReadDocument =>
  async (ctx) => {
    const body = ctx.message?.document ? await fetchFile(ctx, maxBytes) : null
    return body && new TextDecoder().decode(body)
  }
