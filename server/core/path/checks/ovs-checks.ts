// What Open vSwitch must hold for a port of ours: the port on br-int with the network's local VLAN, patch ports joined
// to each other, bridges that have flows. Signatures: reference §18, rows "Wrong local tag", "Dead VLAN 4095",
// "Unwired port", "ofport -1", "Patch broken", "Secure without flows"; tags: §5 step 8, §6.1.

import { whyUnusable, type OvsPort } from '../../host/ovs'
import { INTEGRATION_BRIDGE } from '../../naming'
import type { Problem } from '../hop'
import type { PatchPair, PathSide, TrunkSide } from '../path-side'

/** Neutron's dead VLAN. */
const DEAD_VLAN = 4095

export function checkAccessPort(side: PathSide, device: string): Problem[] {
  const port = side.view?.port(INTEGRATION_BRIDGE, device)
  if (!port) return [checkPlace(side, device, INTEGRATION_BRIDGE)]
  return [whyUnusable(port), checkIdentity(port, side), checkTag(port, side), checkTagRecord(port), checkMode(port)]
}

/** The parent's VIF: on the trunk bridge, for all VLANs. A tag there would cut off the subports. */
export function checkTrunkVif(side: PathSide, { bridge, parent }: TrunkSide, device: string): Problem[] {
  const port = side.view?.port(bridge, device)
  if (!port) return [checkPlace(side, device, bridge)]
  const isOpen = port.tag === null && port.trunks.length === 0
  return [
    whyUnusable(port),
    checkIdentity(port, { port: parent }),
    isOpen ? null : `${device} has ${port.tag === null ? `trunks ${port.trunks.join(' ')}` : `tag ${port.tag}`} on ${bridge}: VLANs of the guest are cut off`,
  ]
}

/** One end of a trunk's patch pair: there, a patch, leading to the other end, standing for the port. */
export function checkTrunkPatchEnd(side: PathSide, bridge: string, name: string, peer: string): Problem[] {
  const port = side.view?.port(bridge, name)
  if (!port) return [checkPlace(side, name, bridge)]
  const actual = port.interface.options['peer']
  return [
    port.interface.type === 'patch' ? null : `${name} on ${bridge} is not a patch port`,
    actual === peer ? null : `Patch port ${name} leads to ${actual ?? 'nothing'}, not to ${peer}, on ${side.host.name}`,
    checkIdentity(port, side),
  ]
}

/** The tag on the trunk bridge is the guest's VLAN id, 0 for its untagged frames (reference §11.1). */
export function checkGuestVlan(side: PathSide, { bridge, outer, guestVlan }: TrunkSide): Problem {
  const port = side.view?.port(bridge, outer)
  if (!port || port.tag === (guestVlan ?? 0)) return null
  return `${outer} has tag ${port.tag ?? 'none'}, the guest sends ${guestVlan === null ? 'untagged frames' : `VLAN ${guestVlan}`} for ${side.endpoint.label}`
}

/** null when the port is on the bridge. */
export function checkPlace({ view, host }: PathSide, device: string, bridge: string): Problem {
  if (view?.port(bridge, device)) return null
  const elsewhere = view?.portAnywhere(device)
  return elsewhere
    ? `${device} is a port of ${elsewhere.bridge}, not of ${bridge}, on ${host.name}`
    : `${device} is not a port of ${bridge} on ${host.name}`
}

function checkIdentity({ name, interface: { externalIds } }: OvsPort, { port }: Pick<PathSide, 'port'>): Problem {
  const id = externalIds['iface-id']
  if (id !== port.id) return `${name} carries iface-id ${id ?? 'none'}, the port is ${port.id}`
  const mac = externalIds['attached-mac']
  const isRight = mac === undefined || mac.toLowerCase() === port.macAddress.toLowerCase()
  return isRight ? null : `${name} carries attached-mac ${mac}, the port has ${port.macAddress}`
}

function checkTag({ name, tag, vlanMode }: OvsPort, { localVlan, network, host }: PathSide): Problem {
  if (tag === DEAD_VLAN) {
    const state = vlanMode === 'trunk' ? 'was never wired' : 'was taken out of service'
    return `${name} has the dead VLAN tag ${DEAD_VLAN}: the port ${state}`
  }
  if (tag === null) return `${name} has no tag: its frames stay outside every local VLAN`
  if (localVlan === null || tag === localVlan) return null
  return `${name} has tag ${tag}, local VLAN of network ${network.name} on ${host.name} is ${localVlan}`
}

/** The agent writes the tag twice; a restart restores it from other_config. */
function checkTagRecord({ name, tag, otherConfig }: OvsPort): Problem {
  const recorded = otherConfig['tag']
  if (recorded === undefined || tag === null || Number(recorded) === tag) return null
  return `${name} has tag ${tag} but other_config:tag ${recorded}`
}

function checkMode({ name, vlanMode, trunks }: OvsPort): Problem {
  const isAccess = (vlanMode === null || vlanMode === 'access') && trunks.length === 0
  return isAccess ? null : `${name} is not an access port: vlan_mode ${vlanMode ?? 'unset'}, trunks ${trunks.join(' ') || 'unset'}`
}

export function checkBridge({ view, host }: PathSide, name: string): Problem[] {
  if (!view?.bridge(name)) return [`Bridge ${name} does not exist on ${host.name}`]
  if (view.flowsOf(name).length > 0) return [null]
  return [`${name} has no flows on ${host.name}, so it drops everything: Open vSwitch lost them or fail_mode was set after them`]
}

export function checkPatch({ view, host }: PathSide, { inner, outer, outerBridge }: PatchPair): Problem[] {
  const ends = [
    [inner, INTEGRATION_BRIDGE, outer],
    [outer, outerBridge, inner],
  ] as const
  return ends.map(([name, bridge, peer]) => {
    const port = view?.port(bridge, name)
    if (!port) return `Patch port ${name} is missing on ${bridge} of ${host.name}`
    if (port.interface.type !== 'patch') return `${name} on ${bridge} is not a patch port`
    const actual = port.interface.options['peer']
    return actual === peer ? null : `Patch port ${name} leads to ${actual ?? 'nothing'}, not to ${peer}, on ${host.name}`
  })
}
