// Entries of VXLAN devices: ours when they are static and on a device of ours. What the device learned comes and goes.

import { fdbKey, FLOOD_MAC, type FdbEntry } from '../../host/fdb'
import { linkKey } from '../../host/link'
import type { KindSpec } from '../host-diff'

export const fdbSpec: KindSpec<FdbEntry> = {
  key: fdbKey,
  label: ({ link, macAddress, destination }) => `FDB entry ${link} ${macAddress === FLOOD_MAC ? 'flood' : macAddress} → ${destination}`,
  isOurs: ({ link, isStatic }, scope) => isStatic && scope.links.has(linkKey({ netns: '', name: link })),
  compare: (desired, observed) => (desired.isStatic === observed.isStatic ? [] : [{ field: 'static', from: String(observed.isStatic), to: String(desired.isStatic) }]),
}
