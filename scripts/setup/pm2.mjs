import { spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ensureBundle } from './bundle.mjs'
import { protectEnvironment } from './environment.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { inProject, project } from './paths.mjs'
import { describeProcess, isWorking, lastError } from './process-state.mjs'
import { lastLines, runInteractive, runQuietly } from './run.mjs'
import { callService, hasSystemd, isServiceInstalled } from './service.mjs'
import { bad, done, note, SetupError, startProgress, UsageError } from './terminal.mjs'

const home = inProject('.data', 'pm2')
const program = inProject('node_modules', 'pm2', 'bin', 'pm2')
const environment = { PM2_HOME: home, PM2_DISCRETE_MODE: 'true' }
const configuration = inProject('ecosystem.config.cjs')

/**
 * Prepares the database, runs the processes under PM2 (those that already run start anew with today's settings) and
 * ends with what the doctor finds.
 */
export async function startShop(node) {
  protectEnvironment()
  const byUs = await inTurn(async () => {
    await prepareShop(node)
    return (await isForService(node)) ? null : begin(node, () => startAll(node))
  })
  const status = byUs ?? (await begin(node, () => callService('start')))
  if (status !== 0) return status
  return askDoctor(node)
}

/** Only runs the processes: each waits by itself for what it needs. */
export function startProcesses(node) {
  protectEnvironment()
  return inTurn(() => begin(node, () => startAll(node)))
}

/**
 * Two starts at once would make two daemons of PM2, and each process twice. Whoever has systemd start the shop lets go
 * of the turn before: what systemd runs takes it.
 */
const inTurn = (work) =>
  oneAtATime(project, work, () => note('Another npm start or npm run stop is at work here: waiting for it'))

/** Where the machine's systemd looks after the shop, PM2 is started by it, so that it is started again should it die. */
const isForService = async (node) => hasSystemd() && isServiceInstalled() && (await list(node)).length === 0

async function begin(node, start) {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const progress = startProgress('Starting the processes')
  const { status, output } = await start()
  progress.end()
  const running = await list(node)
  if (status !== 0 && running.length === 0) {
    throw new SetupError(`PM2 could not start the processes:\n${lastLines(output, 15)}`)
  }
  return report(running)
}

/**
 * Each that runs is ended in order and made anew, one after the other: PM2's own restart keeps the environment and the
 * options of the first start. A database that serves goes on serving.
 */
async function startAll(node) {
  await ensureBundle(node)
  const running = await list(node)
  if (running.length === 0) return pm2(node, ['start', configuration])
  const wanted = readApps().map((app) => app.name)
  const isServing = running.some((one) => one.name === 'database' && isWorking(one)) && wanted.includes('database')
  const names = new Set([...wanted, ...running.map((one) => one.name)])
  if (isServing) names.delete('database')
  for (const name of names) {
    if (running.some((one) => one.name === name)) await pm2(node, ['delete', name])
    if (!wanted.includes(name)) continue
    const started = await pm2(node, ['start', configuration, '--only', name])
    if (started.status !== 0) return started
  }
  return { status: 0, output: '' }
}

async function prepareShop(node) {
  const progress = startProgress('Preparing the database')
  const { status, output, stdout } = await runQuietly(node, ['scripts/prepare-shop.ts'])
  progress.end()
  if (status !== 0) throw new SetupError(`The shop was not started.\n  ${lastLines(output, 15).replace(/^✗ /, '')}`)
  process.stdout.write(stdout)
}

/** What is wrong although the processes run: a bot outside its group, a refused key, no owner … */
async function askDoctor(node) {
  const progress = startProgress('Looking it over (npm run doctor)')
  const { output, stdout } = await runQuietly(node, ['scripts/doctor.ts', '--json'])
  progress.end()
  const findings = readFindings(stdout)
  if (!findings) throw new SetupError(`npm run doctor could not look:\n${lastLines(output, 5)}`)
  const wrong = findings.filter(({ status }) => status === 'wrong')
  for (const { check, message, advice } of wrong) bad(`${check}: ${message}${advice ? ` → ${advice}` : ''}`)
  for (const { check, message, advice } of findings.filter(({ status }) => status === 'next_step'))
    note(`Next: ${check}: ${message} → ${advice}`)
  if (hasSystemd() && !isServiceInstalled()) {
    note('The shop does not start with the machine: npm run service:install has systemd do it')
  }
  if (wrong.length === 0) {
    done('The shop runs, and npm run doctor finds nothing wrong. npm run status, logs and stop do what they say')
    return 0
  }
  bad(`The shop runs, but ${wrong.length === 1 ? 'a thing is' : `${wrong.length} things are`} wrong: see above`)
  return 1
}

function readFindings(text) {
  try {
    const findings = JSON.parse(text)
    return Array.isArray(findings) ? findings : null
  } catch {
    return null
  }
}

function report(running) {
  for (const one of running) {
    if (isWorking(one)) done(describeProcess(one))
    else bad(`${describeProcess(one)}\n  ${lastError(one) || 'npm run logs shows what it said'}`)
  }
  const broken = running.filter((one) => !isWorking(one))
  if (broken.length > 0) {
    bad(`Not running: ${broken.map((one) => one.name).join(', ')}. Mend what the line says, then npm start again`)
    return 1
  }
  return 0
}

/** Ends the processes in order: the database last, when nobody needs it any more. */
export const stopShop = (node) => inTurn(() => stopAll(node))

async function stopAll(node) {
  const running = await list(node)
  if (running.length === 0) return nothingRuns()
  const progress = startProgress('Ending the processes (each finishes what it is doing)')
  const others = running.map((one) => one.name).filter((name) => name !== 'database')
  if (others.length > 0) await pm2(node, ['stop', ...others])
  await pm2(node, ['stop', 'all'])
  const { status, output } = await pm2(node, ['kill'])
  progress.end()
  if (status !== 0) throw new SetupError(`PM2 did not end:\n${lastLines(output, 15)}`)
  done(`Stopped: ${running.map((one) => one.name).join(', ')}`)
  return 0
}

export async function showStatus(node) {
  const running = await list(node)
  if (running.length === 0) return nothingRuns()
  for (const one of running) {
    if (isWorking(one)) done(describeProcess(one))
    else bad(describeProcess(one))
  }
  return running.every(isWorking) ? 0 : 1
}

/** Follows the logs of all processes, or of those named, until Ctrl-C. */
export async function showLogs(node, names) {
  const known = readApps().map(({ name }) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown) throw new UsageError(`There is no process "${unknown}": one of ${known.join(', ')}.`)
  const chosen = known.filter((name) => names.length === 0 || names.includes(name))
  const files = chosen
    .flatMap((name) => [`${name}.log`, `${name}.error.log`])
    .map((file) => inProject('.data', 'logs', file))
  // -F: goes on with the new file after a rotation.
  const words = ['-q', '-n', '50', '-F', ...files]
  if (!process.stdout.isTTY) return runInteractive('tail', words)
  const pretty = inProject('packages', 'app', 'node_modules', 'pino-pretty', 'bin.js')
  const source = spawn('tail', words, { stdio: ['ignore', 'pipe', 'ignore'] })
  const reader = spawn(node, [pretty, '--ignore', 'pid,hostname'], { stdio: [source.stdout, 'inherit', 'inherit'] })
  process.on('SIGINT', () => source.kill('SIGTERM'))
  await new Promise((resolve) => reader.on('close', resolve))
  return 0
}

function nothingRuns() {
  note('Nothing runs here. npm start starts it')
  return 0
}

const pm2 = (node, parameters) => runQuietly(node, [program, ...parameters], { env: environment })

/** The processes as PM2 is to run them. */
function readApps() {
  try {
    return createRequire(configuration)(configuration).apps
  } catch (cause) {
    throw new SetupError(cause.message, { cause })
  }
}

/** What PM2 holds; nothing when its daemon was never started, which asking would do. */
async function list(node) {
  if (!existsSync(inProject('.data', 'pm2', 'rpc.sock'))) return []
  const { stdout } = await pm2(node, ['jlist', '--silent'])
  const start = stdout.indexOf('[')
  try {
    return JSON.parse(stdout.slice(start))
  } catch {
    throw new SetupError(`PM2 gave no list of processes:\n${lastLines(stdout, 5)}`)
  }
}
