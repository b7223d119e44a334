import { statfs } from 'node:fs/promises'
import { leastFreeBytes } from '@vpn-kiosk/domain'
import { nearestFolder } from '@vpn-kiosk/shop'
import { describeBytes } from '../command-line/describe-bytes.ts'
import { type Check, fine, wrong } from './finding.ts'
import { listUsedFolders } from './used-folders.ts'

const name = 'disk'

/** Checks the free space on the disks that the shop writes to. */
export const diskCheck: Check = {
  name,
  examine: async ({ config }) => {
    const places = [...new Set(listUsedFolders(config).map(({ path }) => nearestFolder(path)))]
    const rooms = await Promise.all(
      places.map(async (folder) => {
        const { bavail, bsize } = await statfs(folder)
        return { folder, free: bavail * bsize }
      }),
    )
    const tight = rooms.find(({ free }) => free < leastFreeBytes)
    if (tight) return [wrong(name, `${describeBytes(tight.free)} left in ${tight.folder}`, 'make room on that disk')]
    return [fine(name, `${describeBytes(Math.min(...rooms.map(({ free }) => free)))} left`)]
  },
}
