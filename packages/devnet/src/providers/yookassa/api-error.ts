import { randomUUID } from 'node:crypto'

const codes: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'invalid_credentials',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
}

/** The error object of API v3. */
export function describeError(status: number, description: string, parameter?: string): Record<string, unknown> {
  const code = codes[status] ?? 'internal_server_error'
  return { type: 'error', id: randomUUID(), code, description, ...(parameter !== undefined && { parameter }) }
}

/** Ends a call with an error object. */
export class ApiError extends Error {
  readonly statusCode: number
  readonly parameter: string | undefined
  constructor(statusCode: number, message: string, parameter?: string) {
    super(message)
    this.statusCode = statusCode
    this.parameter = parameter
  }
}
