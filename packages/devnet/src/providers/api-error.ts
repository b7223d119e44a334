/** Ends a call of a provider's API; the simulator words it as that provider does. */
export class ApiError extends Error {
  readonly statusCode: number
  /** What of the request was wrong, where the provider names it. */
  readonly parameter: string | undefined
  constructor(statusCode: number, message: string, parameter?: string) {
    super(message)
    this.statusCode = statusCode
    this.parameter = parameter
  }
}
