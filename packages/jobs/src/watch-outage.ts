export interface OutageWords {
  begins(error: unknown): void
  /** `failures`: the number of attempts that failed during the outage. */
  ends(failures: number): void
}

/**
 * Runs repeated attempts and reports an outage only when it begins and when it ends. An attempt that began before the
 * end of an outage and fails later counts as part of that outage, not as a new one.
 */
export function watchOutage({ begins, ends }: OutageWords): (attempt: () => Promise<unknown>) => Promise<void> {
  let failures = 0
  let turn = 0
  /** The number of the newest attempt when the outage last began or ended. */
  let changedAt = 0
  return async (attempt) => {
    turn += 1
    const mine = turn
    try {
      await attempt()
      if (failures === 0 || mine <= changedAt) return
      ends(failures)
      failures = 0
      changedAt = turn
    } catch (error) {
      if (failures === 0) {
        if (mine <= changedAt) return
        begins(error)
        changedAt = turn
      }
      failures += 1
    }
  }
}
