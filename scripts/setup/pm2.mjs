import { spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ensureSecretKey } from './environment.mjs'
import { inProject, project } from './paths.mjs'
import { describeProcess, isWorking, lastError } from './process-state.mjs'
import { childEnvironment, lastLines, runInteractive, runQuietly } from './run.mjs'
import { bad, done, note, SetupError, startProgress } from './terminal.mjs'

const home = inProject('.data', 'pm2')
const program = inProject('node_modules', 'pm2', 'bin', 'pm2')
const environment = { PM2_HOME: home, PM2_DISCRETE_MODE: 'true' }
const configuration = inProject('ecosystem.config.cjs')

/** Migrates the database, makes the price list where there is none and runs the processes under PM2; those that already run start anew with today's settings. */
export async function startShop(node) {
  ensureSecretKey()
  await prepareDatabase(node)
  mkdirSync(home, { recursive: true })
  const progress = startProgress('Starting the processes')
  const { status, output } = await startAll(node)
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
  const running = await list(node)
  if (running.length === 0) return pm2(node, ['start', configuration])
  const wanted = createRequire(configuration)(configuration).apps.map((app) => app.name)
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

async function prepareDatabase(node) {
  const progress = startProgress('Migrating the database')
  const { status, output, stdout } = await runQuietly(node, ['scripts/migrate.ts'])
  progress.end()
  if (status !== 0) throw new SetupError(`The database was not migrated:\n${lastLines(output, 15)}`)
  done(stdout.trim())
  const seeded = await runQuietly(node, ['scripts/seed-plans.ts'])
  if (seeded.status !== 0) throw new SetupError(`The price list was not made:\n${lastLines(seeded.output, 15)}`)
  done(seeded.stdout.trim().replace(/^✓ /, ''))
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
  done('The shop runs. npm run status, npm run logs and npm run stop do what they say')
  return 0
}

/** Ends the processes in order: the database last, when nobody needs it any more. */
export async function stopShop(node) {
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
export async function showLogs(node, parameters) {
  if ((await list(node)).length === 0) {
    note(`Nothing runs now; what was logged lies in ${inProject('.data', 'logs')}`)
    return 0
  }
  const words = [program, 'logs', '--raw', '--lines', '50', ...parameters]
  const pretty = inProject('packages', 'app', 'node_modules', 'pino-pretty', 'bin.js')
  if (!process.stdout.isTTY) return runInteractive(node, words, { env: environment })
  const source = spawn(node, words, {
    cwd: project,
    env: childEnvironment(environment),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
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
