/** The part of a pino logger that this room uses. */
export interface Logger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/**
 * A logger for tests, which says nothing.
 *
 * @example
 * createBot({ token, translations, logger: silentLogger })
 */
export const silentLogger: Logger = { info() {}, warn() {}, error() {} }
