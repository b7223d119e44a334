/** A failure whose message tells the person what to do; printed without a stack. */
export class SetupError extends Error {}

/** The command line is wrong: exit status 2. */
export class UsageError extends SetupError {}

export const done = (text) => process.stdout.write(`✓ ${text}\n`)
export const note = (text) => process.stdout.write(`– ${text}\n`)
export const bad = (text) => process.stdout.write(`✗ ${text}\n`)

/**
 * Shows the progress of a long step. In a terminal one line is rewritten; a log file gets a line at most every 15 s.
 */
export function startProgress(text) {
  const isTerminal = Boolean(process.stdout.isTTY)
  let detail = ''
  process.stdout.write(isTerminal ? `… ${text}` : `… ${text}\n`)
  const timer = setInterval(
    () => {
      if (isTerminal) rewrite(`… ${text} ${detail}`)
      else process.stdout.write(`… ${text} ${detail}\n`)
    },
    isTerminal ? 200 : 15_000,
  )
  return {
    update: (next) => {
      detail = next
    },
    end: () => {
      clearInterval(timer)
      if (isTerminal) rewrite('')
    },
  }
}

function rewrite(text) {
  const width = process.stdout.columns ?? 80
  process.stdout.write(`\r\u001b[2K${text.slice(0, width - 1)}`)
}

export const seconds = (sinceMs) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`
