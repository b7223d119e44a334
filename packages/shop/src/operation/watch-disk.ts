import { statfs } from 'node:fs/promises'
import type { EntityManager } from '@vpn-kiosk/db'
import { leastFreeBytes } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { recall, remember } from '../setting/remember.ts'
import { nearestFolder } from './nearest-folder.ts'

const key = 'check:disk'
/** A disk that hovers around the limit is told once. */
const againFactor = 1.2

/** How much room a folder's disk has, in bytes. */
export type ReadFreeBytes = (folder: string) => Promise<number>

/** Tells staff once that the disk of a folder that the shop fills has too little room, and once that there is room again. */
export async function watchDisk(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'policy'>,
  readFree: ReadFreeBytes = readFreeBytes,
): Promise<{ readonly isFull: boolean }> {
  const { folder, free } = await findFullest(deps.policy.filledFolders, readFree)
  return deps.db.transaction(async (em) => {
    const wasFull = await isDiskFull(deps, em)
    const isFull = free < leastFreeBytes * (wasFull ? againFactor : 1)
    if (isFull === wasFull) return { isFull }
    const now = deps.clock.now()
    const full = { kind: 'disk_full', folder, freeBytes: String(Math.round(free)) } as const
    await notifyStaff(deps, em, isFull ? full : { kind: 'disk_again' }, now)
    await remember(deps, key, { isFull }, em)
    return { isFull }
  })
}

/** What the last look said. */
export const isDiskFull = async (deps: Pick<ShopDeps, 'db'>, em?: EntityManager): Promise<boolean> =>
  (await recall<{ readonly isFull: boolean }>(deps, key, em))?.isFull ?? false

async function findFullest(folders: readonly string[], readFree: ReadFreeBytes) {
  const seen: { readonly folder: string; readonly free: number }[] = []
  for (const folder of folders.map(nearestFolder)) seen.push({ folder, free: await readFree(folder) })
  return seen.reduce((least, one) => (one.free < least.free ? one : least))
}

const readFreeBytes: ReadFreeBytes = async (folder) => {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
