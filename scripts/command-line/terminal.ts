import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { withoutSecrets } from '@vpn-kiosk/app'
import { Interrupted } from './failures.ts'

/** Questions are asked only in a terminal. They go to stderr, because stdout is for the result. */
export const isInteractive = (): boolean => Boolean(process.stdin.isTTY && process.stderr.isTTY)

/** Prints one line of the result, without anything that looks like a secret. */
export const say = (line: string): void => void process.stdout.write(`${withoutSecrets(line)}\n`)

/** Prints one line that is not the result: a warning, a reason. */
export const warn = (line: string): void => void process.stderr.write(`${withoutSecrets(line)}\n`)

/** Asks until there is an answer. An empty answer means `preset`, where there is one. */
export async function ask(question: string, preset?: string): Promise<string> {
  for (;;) {
    const answer = (await readAnswer(`${question}${preset === undefined ? '' : ` [${preset}]`}: `)).trim() || preset
    if (answer) return answer
  }
}

/** Asks for a secret without showing what is typed. The answer may be empty. */
export const askSecret = (question: string): Promise<string> => readAnswer(`${question} (not shown): `, false)

/** Asks a yes-or-no question. Every answer but `y` or `yes` means no. */
export const confirm = async (question: string): Promise<boolean> =>
  /^y(es)?$/i.test((await readAnswer(`${question} [y/N]: `)).trim())

async function readAnswer(prompt: string, isShown = true): Promise<string> {
  const output = isShown ? process.stderr : new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output, terminal: true })
  // The prompt is written only now, because `createInterface` has just switched off the terminal's own echo.
  if (!isShown) process.stderr.write(prompt)
  const left = new AbortController()
  // Ctrl-C and Ctrl-D close the interface without an answer.
  lines.on('close', () => left.abort())
  try {
    return await lines.question(prompt, { signal: left.signal })
  } catch (cause) {
    throw left.signal.aborted ? new Interrupted('', { cause }) : cause
  } finally {
    const isMidLine = !isShown || left.signal.aborted
    lines.close()
    if (isMidLine) process.stderr.write('\n')
  }
}
