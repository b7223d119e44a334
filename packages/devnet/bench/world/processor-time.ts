import { readdirSync, readFileSync } from 'node:fs'

/*
 * From Linux' own books of processes, which count processor time in hundredths of a second. Zero where there are none.
 */

interface Times {
  readonly parent: number
  readonly ownMs: number
  /** Of children that have ended. */
  readonly endedMs: number
}

/** In its own code and in the kernel's for it. */
export const processorMs = (pid: number): number => readTimes(pid)?.ownMs ?? 0

/** Of a process and all that it ever started. */
export function processorMsWithChildren(pid: number): number {
  const own = readTimes(pid)
  if (!own) return 0
  const children = listProcesses()
    .map(readTimes)
    .filter((times) => times?.parent === pid)
  return children.reduce((sum, times) => sum + (times?.ownMs ?? 0), own.ownMs + own.endedMs)
}

/** Resident bytes, what is shared with others included. */
export const residentBytes = (pid: number): number => readKilobytes(`/proc/${pid}/status`, /^VmRSS:\s+(\d+) kB/m)

/** Of a process and its children: what they share is divided among those who share it. */
export const proportionalBytes = (pid: number): number =>
  [pid, ...listProcesses().filter((child) => readTimes(child)?.parent === pid)].reduce(
    (sum, one) => sum + readKilobytes(`/proc/${one}/smaps_rollup`, /^Pss:\s+(\d+) kB/m),
    0,
  )

function listProcesses(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch {
    return []
  }
}

/** The name before the fields may hold spaces. */
function readTimes(pid: number): Times | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ') ?? []
    const sum = (first: number, second: number) => (Number(fields[first]) + Number(fields[second])) * 10
    return { parent: Number(fields[1]), ownMs: sum(11, 12), endedMs: sum(13, 14) }
  } catch {
    return null
  }
}

function readKilobytes(file: string, line: RegExp): number {
  try {
    return Number(line.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
