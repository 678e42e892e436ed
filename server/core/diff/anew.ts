// Parts of a diff in which what lives on some devices, or is set for them, comes anew whatever else was to happen to it.

import type { HostState } from '../host/host-state'
import type { Sysctl } from '../host/sysctl'
import type { HostDiff, KindDiff } from './kind-diff'

export interface OnLink {
  readonly netns?: string
  readonly link?: string
}

/** What lives on devices that come anew. */
export const anew = <R extends OnLink>(
  { added, changed, removed }: KindDiff<R>,
  wanted: readonly R[],
  isOn: (resource: R) => boolean,
): KindDiff<R> => ({
  added: [...added.filter((each) => !isOn(each)), ...wanted.filter(isOn)],
  changed: changed.filter(({ to }) => !isOn(to)),
  removed: removed.filter((each) => !isOn(each)),
})

/** Added and taken away for the settings of some devices that come anew. */
export function resettled(sysctls: HostDiff['sysctls'], desired: HostState, isOfThem: (sysctl: Sysctl) => boolean): HostDiff['sysctls'] {
  return {
    added: [...sysctls.added.filter((sysctl) => !isOfThem(sysctl)), ...desired.sysctls.filter(isOfThem)],
    changed: sysctls.changed.filter(({ to }) => !isOfThem(to)),
    removed: sysctls.removed,
  }
}
