/** Where a page finds the logo, relative to the root; each new logo has an address of its own. */
export const logoPath = (version: string): string => `logo?v=${version}`
