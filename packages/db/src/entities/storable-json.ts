import { JsonType, type Platform } from '@mikro-orm/core'
import { toStorableJson } from '@vpn-kiosk/domain'

/** A JSON column whose texts may come from outside. */
export class StorableJson extends JsonType {
  override convertToDatabaseValue(value: unknown, _platform: Platform): string | null {
    return value == null ? null : toStorableJson(value)
  }
}
