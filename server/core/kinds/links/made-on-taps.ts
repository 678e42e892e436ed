// VLAN interfaces that a plan makes on taps, and what belongs to them: it waits for the VM.

import type { HostDiff } from '../../diff/kind-diff'
import { linkKey, standsOnTap, type Link } from '../../host/link'
import type { Sysctl } from '../../host/sysctl'
import { madeAnew } from './is-remade'

export const madeOnTaps = (diff: HostDiff): readonly Link[] => madeAnew(diff).filter(standsOnTap)

/** Tells a setting of a device that is not there before this plan has started its VM. */
export function settingsOnTaps(diff: HostDiff): (sysctl: Sysctl) => boolean {
  const made = new Set(madeOnTaps(diff).map(linkKey))
  return ({ netns, key }) => made.size > 0 && key.split('/').some((name) => made.has(linkKey({ netns, name })))
}
