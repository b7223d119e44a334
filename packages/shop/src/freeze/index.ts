import { endFreezes } from './end-freezes.ts'
import { freezeSubscription } from './freeze-subscription.ts'
import { getFreeze } from './get-freeze.ts'
import { unfreezeAsStaff } from './unfreeze-as-staff.ts'
import { unfreezeSubscription } from './unfreeze-subscription.ts'

export const freezeVerbs = { endFreezes, freezeSubscription, getFreeze, unfreezeAsStaff, unfreezeSubscription }
