// The restore unit: ours by the mark in its file, compared by what it holds and whether systemd starts it.

import { contentDigest, RESTORE_UNIT, restoreUnitKey, type RestoreUnit } from '../../host/restore-unit'
import { renderOwner } from '../../naming'
import { compareFields } from '../compare-fields'
import type { KindSpec } from '../host-diff'

/** What people need of it to see that two differ. */
const shortDigest = (unit: RestoreUnit): string => contentDigest(unit).slice(0, 12)

export const restoreUnitSpec: KindSpec<RestoreUnit> = {
  key: restoreUnitKey,
  label: () => `restore unit ${RESTORE_UNIT}`,
  isOurs: (unit) => unit.owner !== null,
  compare: (desired, observed) =>
    compareFields([
      ['owner', desired.owner ? renderOwner(desired.owner) : undefined, observed.owner && renderOwner(observed.owner)],
      ['content', shortDigest(desired), shortDigest(observed)],
      ['enabled', desired.isEnabled, observed.isEnabled],
    ]),
}
