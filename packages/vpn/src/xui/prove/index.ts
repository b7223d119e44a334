/** Parts of the proof that others use who work with a real panel. */
export { realityWish } from './inbounds.ts'
export { openPanelAdmin } from './panel-admin.ts'
export { openTunnel } from './tunnel.ts'
