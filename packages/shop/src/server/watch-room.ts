import { dayMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { recall, remember } from '../setting/remember.ts'
import { getRoom, type Room } from './get-room.ts'

const key = 'check:room'
/** Staff hear of it when so many days are left, each once. */
const thresholds = [14, 7, 3, 1] as const
/** Growth is measured over as many days. */
const keptSamples = 8
/** Where nobody knows the growth yet, so small a part of the room counts as a week. */
const lowShare = 0.1

interface Watched {
  /** One a day, the oldest first. */
  readonly samples: readonly { readonly at: string; readonly held: number }[]
  /** The last threshold that was told; null when there is room enough. */
  readonly told: number | null
  readonly isClosed: boolean
}

/** How long the room lasts; null when it does not shrink. */
export interface RoomForecast {
  readonly room: Room
  readonly daysLeft: number | null
}

/**
 * Tells staff before a customer pays for nothing: days ahead that the room runs out, at once that nobody can be served,
 * and when there is room again. Each of it once.
 */
export async function watchRoom(deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers'>): Promise<RoomForecast> {
  const now = deps.clock.now()
  const room = await getRoom(deps)
  return deps.db.transaction(async (em) => {
    const before = (await recall<Watched>(deps, key, em)) ?? { samples: [], told: null, isClosed: false }
    const samples = addSample(before.samples, room, now)
    const daysLeft = forecast(samples, room, now)
    const isClosed = room.kind !== 'open'
    const threshold = isClosed ? 0 : (thresholds.findLast((days) => daysLeft !== null && daysLeft <= days) ?? null)
    if (isClosed && !before.isClosed) {
      const cause = room.kind === 'no_server' ? 'no_server' : 'full'
      await notifyStaff(deps, em, { kind: 'nobody_served', cause }, now)
    }
    if (!isClosed && before.isClosed) await notifyStaff(deps, em, { kind: 'room_again', people: room.people }, now)
    if (!isClosed && threshold !== null && (before.told === null || threshold < before.told))
      await notifyStaff(deps, em, { kind: 'room_runs_out', people: room.people, days: daysLeft ?? threshold }, now)
    const value: Watched = { samples, told: threshold, isClosed }
    if (JSON.stringify(value) !== JSON.stringify(before)) await remember(deps, key, value, em)
    return { room, daysLeft }
  })
}

function addSample(samples: Watched['samples'], { held }: Room, now: Date): Watched['samples'] {
  const last = samples.at(-1)
  if (last && now.getTime() - new Date(last.at).getTime() < dayMs) return samples
  return [...samples, { at: now.toISOString(), held }].slice(-keptSamples)
}

function forecast(samples: Watched['samples'], { people, most, held }: Room, now: Date): number | null {
  const [oldest] = samples
  const days = oldest ? (now.getTime() - new Date(oldest.at).getTime()) / dayMs : 0
  const perDay = oldest && days >= 1 ? (held - oldest.held) / days : 0
  if (perDay > 0) return Math.floor(people / perDay)
  return people <= most * lowShare ? 7 : null
}
