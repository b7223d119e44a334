import { groupWindowMs, isGroup, type OwnedRateBudget, type RateBudget } from './rate-budget.ts'

/** Where a budget keeps what it spent, e.g. the settings table. */
export interface SpentMemory {
  /** How many ms ago each message of the last minute went to this group. */
  load(groupId: number | string): Promise<readonly number[]>
  save(groupId: number | string, agesMs: readonly number[]): Promise<void>
}

interface Group {
  readonly loaded: Promise<void>
  /** When each message of the last minute went. */
  sentAt: number[]
  /** Settles when everything noted so far is kept: one write at a time, or an older one could win. */
  kept: Promise<void>
}

/**
 * A budget whose groups survive a crash: what a group was sent is kept before the message goes, and read before the
 * first one after a start. Private chats and the second's total need no memory: a start takes longer than they last.
 * While the memory can't be reached messages go all the same.
 *
 * @example
 * const budget = createPersistentBudget(createRateBudget(), memory)
 */
export function createPersistentBudget(
  budget: OwnedRateBudget,
  memory: SpentMemory,
  now: () => number = () => performance.now(),
): RateBudget {
  const groups = new Map<number | string, Group>()

  const groupOf = (groupId: number | string): Group => {
    const known = groups.get(groupId)
    if (known) return known
    const load = async (): Promise<void> => {
      const agesMs = await memory.load(groupId)
      budget.recall(groupId, agesMs)
      group.sentAt = [...agesMs.map((age) => now() - age), ...group.sentAt]
    }
    // Without an answer the next message asks again.
    const loaded = load().catch(() => void groups.delete(groupId))
    const group: Group = { loaded, sentAt: [], kept: loaded }
    groups.set(groupId, group)
    return group
  }
  const keep = (groupId: number | string, group: Group): Promise<void> => {
    const save = (): Promise<void> => {
      const at = now()
      group.sentAt = group.sentAt.filter((sentAt) => at - sentAt < groupWindowMs)
      return memory.save(
        groupId,
        group.sentAt.map((sentAt) => at - sentAt),
      )
    }
    group.kept = group.kept.then(save).catch(() => {})
    return group.kept
  }

  return {
    async take(chatId, priority, messages = 1) {
      if (!isGroup(chatId)) return budget.take(chatId, priority, messages)
      const group = groupOf(chatId)
      await group.loaded
      await budget.take(chatId, priority, messages)
      group.sentAt.push(...Array.from({ length: messages }, now))
      await keep(chatId, group)
    },
    penalise: (chatId, ms) => budget.penalise(chatId, ms),
  }
}
