import { buyAddon } from './buy-addon.ts'
import { createAddon } from './create-addon.ts'
import { listAddons } from './list-addons.ts'
import { listAddonsAsStaff } from './list-addons-as-staff.ts'
import { startAddon } from './start-addon.ts'
import { updateAddon } from './update-addon.ts'

export const addonVerbs = {
  buyAddon,
  createAddon,
  listAddons,
  listAddonsAsStaff,
  startAddon,
  updateAddon,
}
