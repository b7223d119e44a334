import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { withoutSecrets } from '@vpn-kiosk/app'

/** Questions are asked only where somebody can answer. They go to stderr: stdout is for the result. */
export const isInteractive = (): boolean => Boolean(process.stdin.isTTY && process.stderr.isTTY)

/** Prints one line of the result, without anything that looks like a secret. */
export const say = (line: string): void => void process.stdout.write(`${withoutSecrets(line)}\n`)

/** Prints one line that is not the result: a warning, a reason. */
export const warn = (line: string): void => void process.stderr.write(`${withoutSecrets(line)}\n`)

/** Asks until there is an answer; an empty one takes `preset`, where there is one. */
export async function ask(question: string, preset?: string): Promise<string> {
  for (;;) {
    const answer = (await readAnswer(`${question}${preset === undefined ? '' : ` [${preset}]`}: `)).trim() || preset
    if (answer) return answer
  }
}

/** Asks for a secret: what is typed is not shown. Empty is an answer. */
export async function askSecret(question: string): Promise<string> {
  process.stderr.write(`${question} (not shown): `)
  const answer = await readAnswer('', new Writable({ write: (_chunk, _encoding, done) => done() }))
  process.stderr.write('\n')
  return answer
}

/** Only a plain yes is a yes. */
export const confirm = async (question: string): Promise<boolean> =>
  /^y(es)?$/i.test((await readAnswer(`${question} [y/N]: `)).trim())

async function readAnswer(prompt: string, output: NodeJS.WritableStream = process.stderr): Promise<string> {
  const lines = createInterface({ input: process.stdin, output, terminal: true })
  const left = new AbortController()
  // Ctrl-C and Ctrl-D close the interface without an answer.
  lines.on('close', () => left.abort())
  try {
    return await lines.question(prompt, { signal: left.signal })
  } catch (cause) {
    if (!left.signal.aborted) throw cause
    process.stderr.write('\n')
    process.exit(130)
  } finally {
    lines.close()
  }
}
