import type { JobData, JobName, Queue, Shop, WorkOptions } from '@vpn-kiosk/shop'

/** One kind of work that happens by itself: what to call, and how many at once. */
export interface JobDefinition<N extends JobName = JobName> {
  readonly name: N
  readonly options: WorkOptions
  register(queue: Pick<Queue, 'work'>, shop: Shop): Promise<void>
}

export function defineJob<N extends JobName>(
  name: N,
  run: (shop: Shop, data: JobData<N>) => Promise<unknown>,
  options: WorkOptions = {},
): JobDefinition<N> {
  return {
    name,
    options,
    register: (queue, shop) => queue.work(name, async (data) => void (await run(shop, data)), options),
  }
}
