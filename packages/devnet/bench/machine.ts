import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import type { App } from '@vpn-kiosk/app'

/** Where the figures come from: without it they mean nothing. */
export interface Machine {
  readonly at: string
  readonly cores: number
  readonly model: string
  /** Of the minute before the run: what others were doing here. */
  readonly loadAverage: number
  readonly node: string
  readonly postgres: string
  readonly grammy: string
}

export async function readMachine({ db }: Pick<App, 'db'>, loadAverage: number): Promise<Machine> {
  const [row] = await db.em().execute<{ server_version: string }[]>('show server_version')
  return {
    at: new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    model: cpus()[0]?.model.trim() || 'unknown model',
    loadAverage,
    node: process.versions.node,
    postgres: row?.server_version ?? 'unknown',
    grammy: readVersion('grammy'),
  }
}

export const currentLoad = (): number => loadavg()[0] ?? 0

/** grammY exports no package.json: its entry's folder leads there. */
function readVersion(name: string): string {
  const entry = createRequire(import.meta.url).resolve(name)
  const folder = entry.slice(0, entry.lastIndexOf(`${name}/`) + name.length)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return version
}
