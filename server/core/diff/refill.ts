// What one change takes along that no comparison of resources shows: a device that is made anew comes empty, a bridge whose
// fail_mode is set loses its flows, a VM that is started again has new taps. All of it is added again.

import type { HostState } from '../host/host-state'
import { linkKey, standsOnTap, type Link } from '../host/link'
import { ovsPortKey, ownPort, type OvsPort } from '../host/ovs'
import type { Sysctl } from '../host/sysctl'
import { lostNics } from '../kinds/domains/domain-change'
import { isRemade, madeAnew } from '../kinds/links/is-remade'
import { renderOwner } from '../naming'
import { anew, resettled, type OnLink } from './anew'
import type { Changed, HostDiff, KindDiff } from './kind-diff'
import { refillAddresses, refillForwarding, refillNeighbours, refillReaddressed, refillRules, refillServers } from './refill-inside'

type Refill = (diff: HostDiff, desired: HostState, observed: HostState) => HostDiff

/** In this order: a VM that goes takes devices along, a device its addresses. */
const REFILLS: readonly Refill[] = [
  refillFlows,
  refillTaps,
  refillLinks,
  refillPorts,
  withoutRenamed,
  refillAddresses,
  refillReaddressed,
  refillNeighbours,
  refillForwarding,
  refillRules,
  refillServers,
]

export const refill: Refill = (diff, desired, observed) => REFILLS.reduce((filled, each) => each(filled, desired, observed), diff)

/**
 * A port of which Open vSwitch still holds a device that is gone stays on that device when another one of its name comes: the userspace
 * datapath forwards into nothing, and the row looks as it should. An internal port whose device went, by itself or with its namespace, gets no
 * other while its row stays. So the port goes and comes with its device (kinds/ovs/port-steps.ts). So does one of another type than meant, and one
 * that Open vSwitch could not make of such options, before the flows that name it: it may be no port at all.
 */
function refillPorts(diff: HostDiff, desired: HostState, observed: HostState): HostDiff {
  const made = madeAnew(diff)
  const plugged = new Set(made.filter(({ netns }) => netns === '').map(({ name }) => name))
  const there = new Set(observed.links.map(({ name }) => name))
  const lost = new Set(made.filter(({ type, name }) => type === 'ovs-internal' && !there.has(name)).map(({ name }) => name))
  const isHeld = ({ name, interface: { type, ofport } }: OvsPort) =>
    type === 'internal' ? lost.has(name) : plugged.has(name) && (ofport ?? -1) > 0
  const isNone = ({ from, fields }: Changed<OvsPort>) =>
    fields.some(({ field }) => field === 'type' || (field.startsWith('options:') && from.interface.ofport === -1))
  const none = new Set(diff.ovsPorts.changed.filter(isNone).map(({ to }) => ovsPortKey(to)))
  const held = observed.ovsPorts.filter((port) => isHeld(port) || none.has(ovsPortKey(port)))
  const keys = new Set(held.map(ovsPortKey))
  const isLeft = (port: OvsPort) => !keys.has(ovsPortKey(port))
  const own = observed.ovsBridges.filter(({ name, hasOwnPort }) => hasOwnPort !== undefined && lost.has(name)).map(ownPort)
  const back = [...desired.ovsPorts.filter((port) => !isLeft(port)), ...own]
  const replugged = new Set(back.map(ovsPortKey))
  return {
    ...diff,
    ovsPorts: {
      added: [...diff.ovsPorts.added.filter(isLeft), ...back],
      changed: diff.ovsPorts.changed.filter(({ to }) => isLeft(to)),
      removed: [
        ...diff.ovsPorts.removed.filter((port) => !replugged.has(ovsPortKey(port))),
        ...held.filter((port) => replugged.has(ovsPortKey(port))),
      ],
    },
  }
}

/**
 * An internal port that somebody renamed has our mark still, under a name that no row has. Open vSwitch takes it away with the row that goes, and
 * what is on it: a command for that would fail.
 */
function withoutRenamed(diff: HostDiff, _desired: HostState, observed: HostState): HostDiff {
  const replugged = new Set(diff.ovsPorts.removed.filter(({ interface: { type } }) => type === 'internal').map(({ name }) => name))
  const owners = new Set(madeAnew(diff).flatMap(({ name, owner }) => (owner && replugged.has(name) ? [renderOwner(owner)] : [])))
  const renamed = new Set(
    observed.links.filter(({ type, owner }) => type === 'tap' && owner && owners.has(renderOwner(owner))).map(linkKey),
  )
  if (renamed.size === 0) return diff
  const stays = ({ netns = '', link = '' }: OnLink) => !renamed.has(linkKey({ netns, name: link }))
  const without = <R extends OnLink>(part: KindDiff<R>): KindDiff<R> => ({ ...part, removed: part.removed.filter(stays) })
  return { ...diff, addresses: without(diff.addresses), routes: without(diff.routes), neighbours: without(diff.neighbours) }
}

/**
 * A device that is made anew comes without the addresses, routes, neighbours, forwarding entries and settings its forerunner had: what is wanted is
 * added, and what was to be taken away has gone with it.
 */
function refillLinks(diff: HostDiff, desired: HostState): HostDiff {
  const remade = new Set(diff.links.changed.filter(isRemade).map((change) => linkKey(change.to)))
  if (remade.size === 0) return diff
  const isSettingOf = ({ netns, key }: Sysctl) => key.split('/').some((name) => remade.has(linkKey({ netns, name })))
  const isOn = ({ netns = '', link }: OnLink) => link !== undefined && remade.has(linkKey({ netns, name: link }))
  return {
    ...diff,
    addresses: anew(diff.addresses, desired.addresses, isOn),
    routes: anew(diff.routes, desired.routes, isOn),
    neighbours: anew(diff.neighbours, desired.neighbours, isOn),
    fdb: anew(diff.fdb, desired.fdb, isOn),
    sysctls: resettled(diff.sysctls, desired, isSettingOf),
  }
}

/** Libvirt destroys the taps of a VM that is rebuilt, and of a NIC that is unplugged, and makes others; the kernel, everything that stood on them. */
function refillTaps(diff: HostDiff, desired: HostState): HostDiff {
  const taps = new Set(diff.domains.changed.flatMap(lostNics).flatMap(({ target }) => target ?? []))
  if (taps.size === 0) return diff
  const isLost = (link: Link) => standsOnTap(link) && taps.has(link.vlan?.lower ?? '')
  const isTap = ({ type, name }: Link) => type === 'tap' && taps.has(name)
  const lost = desired.links.filter(isLost)
  const isOfLost = ({ key }: { readonly key: string }) => lost.some(({ name }) => key.split('/').includes(name))
  return {
    ...diff,
    links: {
      added: [...diff.links.added.filter((link) => !isLost(link)), ...lost],
      changed: diff.links.changed.filter(({ from, to }) => !isLost(from) && !isLost(to) && !isTap(to)),
      removed: diff.links.removed,
    },
    sysctls: resettled(diff.sysctls, desired, isOfLost),
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
