import { defineCallback, intField } from '@vpn-kiosk/telegram'

/** For the owner: the person who wrote becomes an agent. */
export const makeAgentButton = defineCallback('agent', { person: intField() })
