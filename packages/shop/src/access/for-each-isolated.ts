/** Works on one after the other; what fails keeps no other from its turn. The first failure is thrown at the end. */
export async function forEachIsolated<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = []
  for (const item of items) await work(item).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}
