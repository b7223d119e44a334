import { ZodError } from 'zod'
import { PanelSays } from './state.ts'

interface Envelope {
  readonly success: boolean
  readonly msg: string
  readonly obj: unknown
}

/** Runs one call and wraps what comes of it. */
export type Reply = (message: string, work: () => unknown) => Promise<Envelope>

/** The panel answers HTTP 200 to its own refusals too: a localised text, the English reason in brackets. */
export const reply: Reply = async (message, work) => {
  try {
    return { success: true, msg: message, obj: (await work()) ?? null }
  } catch (error) {
    if (error instanceof PanelSays)
      return { success: false, msg: `${message || 'Something went wrong'} (${error.message})`, obj: null }
    if (error instanceof ZodError) return { success: false, msg: 'Something went wrong (invalid request)', obj: null }
    throw error
  }
}
