import type { JobData, JobName, Queue, Shop, WorkOptions } from '@vpn-kiosk/shop'

/** A kind of background job: the verb that it calls, and how many jobs run at once. */
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
