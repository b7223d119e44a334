import type { World } from '../world/world.ts'
import { createGathering } from './gathering.ts'
import { createMeddling } from './meddling.ts'
import { createModerating } from './moderating.ts'
import { createPressing } from './pressing.ts'
import { createReading } from './reading.ts'
import { createSubscribing } from './subscribing.ts'
import { createWatching } from './watching.ts'
import { createWriting } from './writing.ts'

/** The people of the simulated Telegram. Each verb exists in process and, under the same name, over HTTP. */
export function createPeople(world: World) {
  const writing = createWriting(world)
  const reading = createReading(world)
  return {
    ...createGathering(world),
    ...writing,
    ...createPressing(world, writing),
    ...createSubscribing(world),
    ...reading,
    ...createWatching(reading),
    ...createModerating(world),
    ...createMeddling(world),
  }
}

export type People = ReturnType<typeof createPeople>
