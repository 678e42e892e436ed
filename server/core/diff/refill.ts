// What one change takes along that no comparison of resources shows: a device that is made anew comes empty, a bridge whose
// fail_mode is set loses its flows, a VM that is started again has new taps. All of it is added again.

import type { HostState } from '../host/host-state'
import { linkKey, standsOnTap, type Link } from '../host/link'
import type { HostDiff } from './host-diff'
import { lostNics } from './kinds/guests'
import { isRemade } from './kinds/link'

export const refill = (diff: HostDiff, desired: HostState): HostDiff => refillLinks(refillTaps(refillFlows(diff, desired), desired), desired)

/** A device that is made anew comes without the addresses, routes and forwarding entries its forerunner had. */
function refillLinks(diff: HostDiff, desired: HostState): HostDiff {
  const remade = new Set(diff.links.changed.filter(isRemade).map((change) => linkKey(change.to)))
  if (remade.size === 0) return diff
  const isOn = ({ netns = '', link }: { readonly netns?: string; readonly link?: string }) => link !== undefined && remade.has(linkKey({ netns, name: link }))
  return {
    ...diff,
    addresses: { ...diff.addresses, added: [...diff.addresses.added.filter((address) => !isOn(address)), ...desired.addresses.filter(isOn)] },
    routes: { ...diff.routes, added: [...diff.routes.added.filter((route) => !isOn(route)), ...desired.routes.filter(isOn)] },
    fdb: { added: desired.fdb.filter((entry) => isOn(entry) || diff.fdb.added.includes(entry)), changed: diff.fdb.changed.filter(({ to }) => !isOn(to)), removed: diff.fdb.removed.filter((entry) => !isOn(entry)) },
  }
}

/** Libvirt destroys the taps of a VM that is rebuilt, and of a NIC that is unplugged; the kernel, everything that stood on them. */
function refillTaps(diff: HostDiff, desired: HostState): HostDiff {
  const taps = new Set(diff.domains.changed.flatMap(lostNics).flatMap(({ target }) => target ?? []))
  if (taps.size === 0) return diff
  const isLost = (link: Link) => standsOnTap(link) && taps.has(link.vlan?.lower ?? '')
  const lost = desired.links.filter(isLost)
  const isOfLost = ({ key }: { readonly key: string }) => lost.some(({ name }) => key.split('/').includes(name))
  return {
    ...diff,
    links: {
      added: [...diff.links.added.filter((link) => !isLost(link)), ...lost],
      changed: diff.links.changed.filter(({ from, to }) => !isLost(from) && !isLost(to)),
      removed: diff.links.removed,
    },
    sysctls: {
      added: [...diff.sysctls.added.filter((sysctl) => !isOfLost(sysctl)), ...desired.sysctls.filter(isOfLost)],
      changed: diff.sysctls.changed.filter(({ to }) => !isOfLost(to)),
      removed: diff.sysctls.removed,
    },
  }
}

/**
 * Open vSwitch clears all flows of a bridge without a controller when its fail_mode or datapath changes (ovs-vswitchd.conf.db),
 * so a bridge that gets either back gets all of its flows back, too.
 */
function refillFlows(diff: HostDiff, desired: HostState): HostDiff {
  const cleared = new Set(
    diff.ovsBridges.changed
      .filter((change) => change.fields.some(({ field }) => field === 'fail_mode' || field === 'datapath_type'))
      .map((change) => change.to.name),
  )
  if (cleared.size === 0) return diff
  const { added, changed, removed } = diff.flows
  const flows = {
    added: [...added.filter((flow) => !cleared.has(flow.bridge)), ...desired.flows.filter((flow) => cleared.has(flow.bridge))],
    changed: changed.filter((change) => !cleared.has(change.to.bridge)),
    removed: removed.filter((flow) => !cleared.has(flow.bridge)),
  }
  return { ...diff, flows }
}
