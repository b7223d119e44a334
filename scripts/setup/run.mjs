import { spawn } from 'node:child_process'
import { delimiter } from 'node:path'
import { inProject, project } from './paths.mjs'

/** The environment of every child process; its PATH begins with the project's own programs. */
const childEnvironment = (extra = {}) => ({
  ...process.env,
  PATH: [inProject('node_modules', '.bin'), process.env.PATH].filter(Boolean).join(delimiter),
  ...extra,
})

/**
 * Runs a program in the project's folder on this terminal and returns its exit status. The terminal sends Ctrl-C to the
 * program too; this process waits until the program has ended.
 */
export function runInteractive(command, parameters, { env = {}, quietInput = false } = {}) {
  const child = spawn(command, parameters, {
    cwd: project,
    env: childEnvironment(env),
    stdio: [quietInput ? 'ignore' : 'inherit', 'inherit', 'inherit'],
  })
  const stay = () => undefined
  const passOn = () => child.kill('SIGTERM')
  process.on('SIGINT', stay)
  process.on('SIGTERM', passOn)
  return ended(child).finally(() => {
    process.off('SIGINT', stay)
    process.off('SIGTERM', passOn)
  })
}

/** Runs a program silently. Returns its exit status and its output; `onLine` gets each line when it is written. */
export async function runQuietly(command, parameters, { env = {}, onLine, timeoutMs = 0 } = {}) {
  const child = spawn(command, parameters, {
    cwd: project,
    env: childEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
  })
  let output = ''
  let stdout = ''
  const hear = (chunk) => {
    output += chunk
    for (const line of String(chunk).split('\n')) if (line.trim()) onLine?.(line.trim())
  }
  child.stdout.on('data', (chunk) => {
    stdout += chunk
    hear(chunk)
  })
  child.stderr.on('data', hear)
  const status = await ended(child)
  return { status, output: output.trim(), stdout }
}

function ended(child) {
  return new Promise((resolve) => {
    child.on('error', () => resolve(127))
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

export const lastLines = (text, count) => text.split('\n').slice(-count).join('\n')
