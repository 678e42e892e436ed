// VLAN interfaces that a plan makes on taps, and what belongs to them: it waits for the VM.

import type { HostDiff } from '../diff/host-diff'
import { isRemade } from '../diff/kinds/link'
import { standsOnTap, type Link } from '../host/link'
import type { Sysctl } from '../host/sysctl'

export const madeOnTaps = (diff: HostDiff): Link[] => [...diff.links.added, ...diff.links.changed.filter(isRemade).map(({ to }) => to)].filter(standsOnTap)

/** A setting of a device that is not there before this plan has started its VM. */
export function isOnTap(diff: HostDiff, { key }: Sysctl): boolean {
  return madeOnTaps(diff).some(({ name }) => key.split('/').includes(name))
}
