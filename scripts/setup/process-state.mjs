import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'

const tailBytes = 8192
const wrongSettingCode = 2
const fatalLevel = 60

/** Whether PM2 sees the process alive. */
export const isWorking = (one) => one.pm2_env.status === 'online'

/** One line: `client  online, up 3 min, 82 MB, restarted 0 times`. */
export function describeProcess(one) {
  const { pm_uptime: since, restart_time: restarts } = one.pm2_env
  const name = one.name.padEnd(8)
  if (!isWorking(one)) return `${name} ${describeStop(one.pm2_env)}`
  const memory = Math.round((one.monit?.memory ?? 0) / 1024 / 1024)
  return `${name} online, up ${ago(Date.now() - since)}, ${memory} MB, restarted ${restarts === 1 ? 'once' : `${restarts} times`}`
}

/** With backoff set, PM2 reports "waiting restart" even for a process that it has given up (see stop_exit_codes). */
function describeStop({ status, exit_code: exitStatus }) {
  return exitStatus === wrongSettingCode ? 'stopped: a setting is wrong' : status
}

/**
 * Why the process ended: its sentence about a wrong setting, or the message of its last fatal log line. The log also
 * holds lines of earlier starts, so only those since PM2 made this process count; its own new tries keep that time.
 */
export function lastError({ pm2_env }) {
  const { exit_code: exitStatus, pm_err_log_path: errors, created_at: madeAt, pm_uptime: triedAt } = pm2_env
  const log = errors?.replace(/\.error\.log$/, '.log')
  if (exitStatus === wrongSettingCode) return lastLines(errors).at(-1) ?? ''
  const messages = lastLines(log).map((line) => readFatal(line, madeAt ?? triedAt))
  return messages.filter(Boolean).at(-1) ?? ''
}

function readFatal(line, since) {
  try {
    const { level, time, err } = JSON.parse(line)
    return level >= fatalLevel && Date.parse(time) >= since ? err?.message : null
  } catch {
    return null
  }
}

const lastLines = (file) => (file && existsSync(file) ? tail(file).trim().split('\n') : [])

function tail(file) {
  const size = statSync(file).size
  const length = Math.min(size, tailBytes)
  const buffer = Buffer.alloc(length)
  const handle = openSync(file, 'r')
  readSync(handle, buffer, 0, length, size - length)
  closeSync(handle)
  return buffer.toString('utf8')
}

function ago(ms) {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return `${Math.max(0, Math.round(ms / 1000))} s`
  if (minutes < 120) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`
}
