import type { ShopDeps } from '../deps.ts'
import { recall, type SettingKey } from './remember.ts'

/** What the shop is called, and which logo it has. */
export interface ShopFace {
  /** The name that an admin gave, or else the configuration's. */
  readonly name: string
  /** Changes with each new logo; null when there is none. */
  readonly logoVersion: string | null
}

/** What is kept; null = never chosen, or taken back. */
export interface KeptFace {
  readonly name: string | null
  readonly logoVersion: string | null
}

export const faceKey = 'shop:face' satisfies SettingKey
/** Apart from the rest, because few screens need the picture. */
export const logoKey = 'shop:logo' satisfies SettingKey

/** A PNG in base64. */
export interface KeptLogo {
  readonly version: string
  readonly png: string
}

type Deps = Pick<ShopDeps, 'db' | 'policy'>

/** The shop's name and which logo it has. */
export const getShop = async (deps: Deps): Promise<ShopFace> => toFace(await recall(deps, faceKey), deps.policy)

export const toFace = (kept: KeptFace | null, policy: Deps['policy']): ShopFace => ({
  name: kept?.name ?? policy.shopName,
  logoVersion: kept?.logoVersion ?? null,
})
