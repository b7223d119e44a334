import { choiceField, defineCallback } from '@vpn-kiosk/telegram'

/** "I have joined": looks again, and goes on where the person wanted to go. */
export const haveJoined = defineCallback('joined', { to: choiceField(['trial', 'use']) })
