export { cast } from './cast.ts'
export { createDevClock, type DevClock } from './clock.ts'
export { createDevnet, type Devnet, type DevnetOptions, type Simulators } from './create-devnet.ts'
