import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The machine's Chromium, or `$CHROMIUM`; null where there is none. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM
  return [...(named ? [named] : []), ...places].find((path) => existsSync(path)) ?? null
}

/** Starts it without a window. As root Chromium refuses its own sandbox. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('No Chromium here: install it, or name it in $CHROMIUM')
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
}
