import { cutText, tidyName } from '@vpn-kiosk/domain'

const storedText = 4096

const storedName = 128

export const boundedText = (text: string | null): string | null => (text === null ? null : cutText(text, storedText))

export const boundedName = (name: string): string => tidyName(name, storedName)
