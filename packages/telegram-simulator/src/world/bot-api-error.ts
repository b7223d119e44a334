/** A refusal in Telegram's own words; the server sends it with the same HTTP status. */
export class BotApiError extends Error {
  override readonly name = 'BotApiError'
  readonly code: number
  readonly parameters: ErrorParameters | undefined

  constructor(code: number, description: string, parameters?: ErrorParameters) {
    super(description)
    this.code = code
    this.parameters = parameters
  }
}

export interface ErrorParameters {
  readonly retry_after?: number
  readonly migrate_to_chat_id?: number
}

export const badRequest = (what: string): BotApiError => new BotApiError(400, `Bad Request: ${what}`)
export const forbidden = (what: string): BotApiError => new BotApiError(403, `Forbidden: ${what}`)
export const conflict = (what: string): BotApiError => new BotApiError(409, `Conflict: ${what}`)
export const tooManyRequests = (retryAfter: number): BotApiError =>
  new BotApiError(429, `Too Many Requests: retry after ${retryAfter}`, { retry_after: retryAfter })
