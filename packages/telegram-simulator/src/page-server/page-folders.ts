import { fileURLToPath } from 'node:url'

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** What the chat page consists of, by the addresses under which its files name each other. */
export const pageFolders: Readonly<Record<string, string>> = {
  '/chat/': folder('../page'),
  '/chat/locales/': folder('../../locales'),
  '/chat/lib/fluent/': folder('../../node_modules/@fluent/bundle/esm'),
  '/chat/lib/lit-html/': folder('../../node_modules/lit-html'),
}
