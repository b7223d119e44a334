import { hourMs, type Id, minuteMs, newId, type StaffAlert } from '@vpn-kiosk/domain'

/** Something that happened and is not yet in an alert. */
export interface NewEvent {
  readonly id: string
  readonly cause: string
  readonly windowMs: number
  readonly ends: string | null
  readonly content: StaffAlert
  readonly at: Date
}

export interface Alert {
  readonly id: Id<'alert'>
  readonly cause: string
  readonly content: StaffAlert
  readonly count: number
  readonly windowMs: number
  readonly firstAt: Date
  readonly lastAt: Date
  readonly overAt: Date | null
  readonly revision: number
}

export interface AlertBook {
  take(event: NewEvent): void
  changed(): Alert[]
  created(): Alert[]
  taken(): { readonly eventId: string; readonly alertId: Id<'alert'> }[]
}

/** So many new alerts of one kind in a minute; whatever comes beyond is counted in one. */
const apartInMinute = 10
/** What begins again so soon after its end goes on in the same message. */
const restMs = 15 * minuteMs

/** The cause of what came in too many causes of one kind. */
export const manyOf = (kind: StaffAlert['kind']): string => `many:${kind}`

/** Finds each event its alert: the one that it ends, the one of its cause, the one for too many of its kind, or a new one. */
export function createAlertBook(known: readonly Alert[], recent: ReadonlyMap<StaffAlert['kind'], number>): AlertBook {
  const latest = new Map(known.map((alert) => [alert.cause, alert]))
  const newInMinute = new Map(recent)
  const changed = new Map<string, Alert>()
  const created = new Set<string>()
  const taken: { eventId: string; alertId: Id<'alert'> }[] = []

  const keep = (event: NewEvent, alert: Alert): void => {
    latest.set(alert.cause, alert)
    changed.set(alert.id, alert)
    taken.push({ eventId: event.id, alertId: alert.id })
  }
  const openAlert = (event: NewEvent, cause: string, windowMs: number): void => {
    const { content: notification, at } = event
    const alert = {
      id: newId('alert'),
      cause,
      content: notification,
      count: 1,
      windowMs,
      firstAt: at,
      lastAt: at,
      overAt: null,
      revision: 1,
    }
    created.add(alert.id)
    keep(event, alert)
  }
  const join = (event: NewEvent, cause: string): boolean => {
    const alert = latest.get(cause)
    if (!alert || !isOpenTo(alert, event.at)) return false
    const { content: notification, at } = event
    keep(event, {
      ...alert,
      content: notification,
      count: alert.count + 1,
      lastAt: at,
      overAt: null,
      revision: alert.revision + 1,
    })
    return true
  }
  const end = (event: NewEvent): boolean => {
    const alert = event.ends === null ? undefined : latest.get(event.ends)
    if (!alert || alert.overAt) return false
    keep(event, { ...alert, overAt: event.at, revision: alert.revision + 1 })
    return true
  }
  return {
    take(event) {
      if (end(event) || join(event, event.cause)) return
      const { kind } = event.content
      const before = newInMinute.get(kind) ?? 0
      if (before < apartInMinute) {
        newInMinute.set(kind, before + 1)
        return openAlert(event, event.cause, event.windowMs)
      }
      if (!join(event, manyOf(kind))) openAlert(event, manyOf(kind), hourMs)
    },
    changed: () => [...changed.values()],
    created: () => [...created].flatMap((id) => changed.get(id) ?? []),
    taken: () => taken,
  }
}

const isOpenTo = ({ firstAt, windowMs, overAt }: Alert, at: Date): boolean =>
  at.getTime() < firstAt.getTime() + windowMs && (overAt === null || at.getTime() < overAt.getTime() + restMs)
