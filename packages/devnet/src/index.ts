export { cast } from './cast.ts'
export { createDevClock, type DevClock } from './clock.ts'
export { createDevnet, type Devnet, type DevnetOptions } from './create-devnet.ts'
export type { Simulators } from './simulators.ts'
