export { createSimulatedClock, type SimulatedClock } from '@vpn-kiosk/telegram-simulator'
export { cast } from './cast.ts'
export { createDevnet, type Devnet, type DevnetOptions } from './create-devnet.ts'
export type { Simulators } from './simulators.ts'
