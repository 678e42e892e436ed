// What stands in the way of a plan. Each reason is data that names the thing, the host and the way out; a plan with one is
// shown in full and refused as a whole.

import type { HostDiff } from '../diff/host-diff'
import { nicChangeOf } from '../diff/kinds/guests'
import { isEmptyDiff } from '../diff/host-diff'
import { plural } from '../explain/words'
import type { HostState } from '../host/host-state'
import { linkKey, type Link } from '../host/link'
import { flowKey } from '../host/flow'
import { RESTORE_UNIT_FILE } from '../host/restore-unit'
import type { HostObservation } from '../host/observation'
import { KVM_OBSTACLES } from '../host/probe'
import { isOurCookie, renderOwner, type Owner } from '../naming'
import type { Host } from '../topology/topology'
import { busyNics } from './busy-nics'
import { otherRegistrations } from './other-registrations'
import type { Blocked, BlockedCode } from './plan'

export function findBlocked(host: Host, desired: HostState, diff: HostDiff, observation: HostObservation): Blocked[] {
  if (isEmptyDiff(diff)) return []
  const block = blocker(host)
  return [
    ...readOnlyHost(host, observation, block),
    ...unadopted(host, observation, block),
    ...unreadParts(host, desired, observation, block),
    ...missingTools(diff, observation, block),
    ...missingKvm(diff, observation, block),
    ...missingNics(desired, observation, block),
    ...busyNics(host, desired, diff, observation, block),
    ...foreignInTheWay(desired, diff, observation.state, block),
    ...fullDomains(diff, block),
  ]
}

export type Block = (code: BlockedCode, label: string, message: string) => Blocked

const blocker = (host: Host): Block => (code, label, message) => ({ code, hostId: host.id, label, message: `${host.name}: ${message}` })

function readOnlyHost(host: Host, { facts }: HostObservation, block: Block): Blocked[] {
  if (host.isReadOnly) {
    return [block('read_only', host.name, 'the host is read-only for Tapline. Allow changes on its page, or take it out of the design.')]
  }
  if (host.isAgentAccepted) return []
  return facts.neutronAgents.map((agent) =>
    block('agent_present', agent, `${agent} runs here and would fight over the same bridges. One writer per host: stop the agent, or allow changes beside it on the host's page.`),
  )
}

/** As a whole: neither taking over nor removing what another console may still use is ours to choose. */
function unadopted(host: Host, { state }: HostObservation, block: Block): Blocked[] {
  return otherRegistrations(host, state)
    .filter(({ isAdopted }) => !isAdopted)
    .map(({ hostId, count }) => ({
      ...block('other_registration', hostId, `${plural(count, 'bridge, port or device', 'bridges, ports and devices')} here carry the mark of host ${hostId}: another console, or an earlier registration of this machine, made them. Adopt them when nobody else uses them; otherwise clean them up there.`),
      formerId: hostId,
    }))
}

/** A part that could not be read looks like an empty one; planning on it would build everything again. */
function unreadParts(host: Host, desired: HostState, { unparsed }: HostObservation, block: Block): Blocked[] {
  return unparsed
    .filter(({ section, text, reason }) => text === '' && reason.includes('exit code') && matters(section, host, desired))
    .map(({ section, reason }) => block('not_observed', section, `${reason}. Mend that first, then plan again.`))
}

/** Open vSwitch may lie idle where nothing is built in it, and ebtables be unknown to the kernel where nothing is filtered. */
function matters(section: string, { agentKind }: Host, { iptables }: HostState): boolean {
  if (/^(ovsdb$|flows )/.test(section)) return agentKind === 'openvswitch'
  return section !== 'ebtables' || iptables.some(({ family }) => family === 'bridge')
}

/** Which program a change needs. */
function missingTools(diff: HostDiff, { facts }: HostObservation, block: Block): Blocked[] {
  const needs: readonly (readonly [tool: string, isNeeded: boolean])[] = [
    ['ip', true],
    ['ovs-vsctl', diff.ovsBridges.added.length + diff.ovsPorts.added.length > 0],
    ['ovs-ofctl', diff.flows.added.length > 0],
    ['ethtool', diff.links.added.some((link) => link.hasTxChecksumOffload !== undefined)],
    ['sysctl', diff.sysctls.added.length > 0],
    ['dnsmasq', diff.dnsmasq.added.length > 0],
    ['bridge', diff.fdb.added.length > 0],
    ['iptables', diff.iptables.added.some(({ family }) => family !== 'bridge')],
    ['ebtables-nft-restore', diff.iptables.added.some(({ family }) => family === 'bridge')],
    ['virsh', diff.domains.added.length > 0],
  ]
  return needs
    .filter(([tool, isNeeded]) => isNeeded && facts.tools[tool] === false)
    .map(([tool]) => block('missing_tool', tool, `${tool} is not installed. Install it and read the host again.`))
}

/** Only what is about to be defined: a VM that runs is proof enough. */
function missingKvm(diff: HostDiff, { facts }: HostObservation, block: Block): Blocked[] {
  const obstacle = KVM_OBSTACLES[facts.kvm]
  if (obstacle === null) return []
  return [...diff.domains.added, ...diff.domains.changed.map(({ to }) => to)]
    .filter((domain) => domain.virtType === 'kvm')
    .map(({ name, title = name }) =>
      block('missing_kvm', title, `VM ${title} is to run with KVM, but ${obstacle}. Mend that and read the host again, or set the host's virtualisation to QEMU and make the VM anew.`),
    )
}

function missingNics(desired: HostState, { state }: HostObservation, block: Block): Blocked[] {
  const have = new Set(state.links.map(linkKey))
  return requiredNics(desired)
    .filter((nic) => !have.has(linkKey(nic)))
    .map((nic) => block('missing_nic', nic.name, `there is no NIC ${nic.name}. Correct the mapping or the tunnel NIC of the host.`))
}

const requiredNics = (desired: HostState): Link[] => desired.links.filter((link) => link.type === 'physical')

/** Names that are taken by something without our mark. */
function foreignInTheWay(desired: HostState, diff: HostDiff, observed: HostState, block: Block): Blocked[] {
  const foreign = (label: string, detail = '') =>
    block('foreign_in_the_way', label, `${label} is already there and is not ours${detail}. Rename or remove it; Tapline does not touch it.`)
  const taken = (label: string, have: Owner | null, want: Owner | null): Blocked[] => {
    if (want === null || (have !== null && renderOwner(have) === renderOwner(want))) return []
    if (have === null) return [foreign(label)]
    // Another registration is named once, as a whole, until it is adopted.
    if (have.kind === 'host' && want.kind === 'host') return []
    const message = `${label} belongs to ${renderOwner(have)}, which is not what the design has there. Clean it up where it was made, or remove it by hand.`
    return [block('foreign_in_the_way', label, message)]
  }
  return [
    ...diff.links.changed.flatMap(({ from, to }) => taken(`device ${to.name}`, from.owner ?? ovsOwner(to, observed), to.owner)),
    ...diff.namespaces.changed.flatMap(({ from, to }) => taken(`namespace ${to.name}`, from.owner, to.owner)),
    ...diff.ovsBridges.changed.flatMap(({ from, to }) => taken(`OVS bridge ${to.name}`, from.owner, to.owner)),
    ...takenPorts(desired, observed).map((port) => foreign(`OVS port ${port.name} on ${port.bridge}`)),
    ...takenFlows(desired, observed).map((flow) => foreign(`flow on ${flow.bridge} table=${flow.table} priority=${flow.priority} ${flow.match || 'any'}`, ` (cookie ${flow.cookie})`)),
    ...diff.restoreUnits.changed.flatMap(({ from, to }) => taken(RESTORE_UNIT_FILE, from.owner, to.owner)),
    ...takenDomains(desired, observed).map((domain) => foreign(`VM ${domain.name} (${domain.uuid})`)),
  ]
}

/** After a reboot Open vSwitch makes an internal port again, without its alias; its row still has our mark. */
function ovsOwner({ type, name }: Link, { ovsBridges, ovsPorts }: HostState): Owner | null {
  if (type !== 'ovs-internal') return null
  return (ovsBridges.find((bridge) => bridge.name === name) ?? ovsPorts.find((port) => port.name === name))?.owner ?? null
}

/** Port names are unique in the whole OVSDB, whatever bridge they are on. */
function takenPorts(desired: HostState, observed: HostState) {
  const names = new Set(desired.ovsPorts.map((port) => port.name))
  return observed.ovsPorts.filter((port) => port.owner === null && names.has(port.name) && port.name !== port.bridge)
}

function takenFlows(desired: HostState, observed: HostState) {
  const keys = new Set(desired.flows.map(flowKey))
  // A foreign bridge is named as a whole, not flow by flow.
  const foreignBridges = new Set(observed.ovsBridges.filter((bridge) => bridge.owner === null).map((bridge) => bridge.name))
  return observed.flows.filter((flow) => !foreignBridges.has(flow.bridge) && keys.has(flowKey(flow)) && !isOurCookie(flow.cookie))
}

function takenDomains(desired: HostState, observed: HostState) {
  const taken = new Set(desired.domains.flatMap((domain) => [domain.uuid, domain.name]))
  return observed.domains.filter((domain) => domain.owner === null && (taken.has(domain.uuid) || taken.has(domain.name)))
}

/** A VM that was defined without free PCI ports takes no NIC while it runs (render/domain-xml.ts leaves some). */
function fullDomains(diff: HostDiff, block: Block): Blocked[] {
  return diff.domains.changed.flatMap((change) => {
    const wanted = nicChangeOf(change)?.added.length ?? 0
    const { freePciPorts = wanted } = change.from
    if (wanted <= freePciPorts) return []
    const name = change.to.title || change.to.name
    return [block('no_nic_slot', name, `VM ${name} has ${freePciPorts} free PCI ports and would need ${wanted}. Shut it down and plan again: it is then defined anew, with room.`)]
  })
}
