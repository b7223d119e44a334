import type { ProcessName } from '@vpn-kiosk/domain'
import { type Config, loadEnvironment, readConfig } from './config.ts'
import { ConfigError } from './config-error.ts'
import { createLogger, type Logger, withoutSecrets } from './logger.ts'

const exitLimitMs = 10_000

/** What a starting process is handed. */
export interface ProcessLife {
  /** Of the process, e.g. `jobs`. */
  readonly name: ProcessName | 'database'
  readonly config: Config
  readonly logger: Logger
  /** Aborted when the process is asked to end: stop waiting and taking work. */
  readonly signal: AbortSignal
  /** Registers what must be done before the process ends; done in reverse order, one after the other. */
  onStop(what: string, dispose: () => Promise<unknown> | unknown): void
  /** Ends the process in order with exit status 1, for a part that broke later. */
  fail(error: unknown): void
}

/**
 * Runs a process from its first line to its last.
 *
 * `start` resolves when the process works; PM2 is told then. SIGINT or SIGTERM aborts `life.signal`, waits for `start`
 * when it is still under way, runs what `life.onStop` was given and exits 0; anything that takes longer than 10 s is
 * cut with 1. A ConfigError prints its sentences and exits 2, which PM2 does not restart; any other error exits 1.
 */
export async function runProcess(
  name: ProcessLife['name'],
  start: (life: ProcessLife) => Promise<void>,
): Promise<void> {
  const settings = readSettings(name)
  if (!settings) return
  const ending = createEnding(settings.logger)
  const life: ProcessLife = { name, ...settings, signal: ending.signal, onStop: ending.onStop, fail: ending.fail }
  // `on`, not `once`: npm passes on the Ctrl-C that the terminal has sent to us as well, and a second one would kill.
  process.on('SIGINT', () => ending.close('SIGINT'))
  process.on('SIGTERM', () => ending.close('SIGTERM'))
  process.on('uncaughtException', ending.fail)
  process.on('unhandledRejection', ending.fail)
  const starting = start(life)
  ending.afterStart(starting)
  try {
    await starting
    if (ending.signal.aborted) return
    settings.logger.info(`${name} is ready`)
    process.send?.('ready')
  } catch (error) {
    if (!ending.signal.aborted) ending.fail(error)
  }
}

function readSettings(name: string): { config: Config; logger: Logger } | null {
  try {
    const config = readConfig(loadEnvironment())
    return { config, logger: createLogger({ name, level: config.log.level, file: config.log.file }) }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.exitCode = exitWith(error)
    return null
  }
}

function createEnding(logger: Logger) {
  const controller = new AbortController()
  const disposals: Array<{ what: string; dispose: () => Promise<unknown> | unknown }> = []
  let started: Promise<void> = Promise.resolve()
  let isEnding = false

  const end = async (exitCode: number): Promise<void> => {
    if (isEnding) return
    isEnding = true
    setTimeout(() => {
      logger.error(`Still not done after ${exitLimitMs / 1000} s: ended by force`)
      process.exit(1)
    }, exitLimitMs)
    controller.abort()
    await started.catch(() => undefined)
    const isClean = await disposeAll(disposals, logger)
    logger.info('Ended')
    process.exit(isClean ? exitCode : 1)
  }

  return {
    signal: controller.signal,
    onStop: (what: string, dispose: () => Promise<unknown> | unknown) => void disposals.push({ what, dispose }),
    afterStart(starting: Promise<void>): void {
      started = starting
    },
    close(reason: string): void {
      if (isEnding) return
      logger.info(`${reason}: ending`)
      void end(0)
    },
    fail(error: unknown): void {
      if (isEnding) {
        logger.error({ err: error }, 'Failed while ending')
      } else if (error instanceof ConfigError) {
        void end(exitWith(error))
      } else {
        logger.fatal({ err: error }, 'Failed')
        void end(1)
      }
    },
  }
}

async function disposeAll(
  disposals: Array<{ what: string; dispose: () => Promise<unknown> | unknown }>,
  logger: Logger,
): Promise<boolean> {
  let isClean = true
  for (const { what, dispose } of disposals.toReversed()) {
    try {
      await dispose()
    } catch (error) {
      isClean = false
      logger.error({ err: error }, `Could not end ${what}`)
    }
  }
  return isClean
}

function exitWith(error: ConfigError): 2 {
  process.stderr.write(`${withoutSecrets(error.message)}\n`)
  return 2
}
