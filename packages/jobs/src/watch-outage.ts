export interface OutageWords {
  begins(error: unknown): void
  /** `failures`: how many attempts failed meanwhile. */
  ends(failures: number): void
}

/**
 * Runs attempts that come by themselves and says of an outage only when it begins and when it ends. An attempt that
 * was begun before the outage ended and fails later belongs to it.
 */
export function watchOutage({ begins, ends }: OutageWords): (attempt: () => Promise<unknown>) => Promise<void> {
  let failures = 0
  let turn = 0
  /** The newest attempt when the trouble began, or ended. */
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
