// What Open vSwitch must hold for a port of ours: the port on br-int with the network's local VLAN, patch ports joined
// to each other, bridges that have flows. Signatures: docs/reference/faults.md, rows "Wrong local tag", "Dead VLAN 4095",
// "Unwired port", "ofport -1", "Patch broken", "Secure without flows"; tags: docs/reference/hybrid-plug.md.

import { DEAD_VLAN, faultOf, type OvsPort } from '../../host/ovs'
import { INTEGRATION_BRIDGE } from '../../naming'
import { absence, type Problem } from '../hop'
import type { PatchPair, PathSide, TrunkSide } from '../path-side'

export function checkAccessPort(side: PathSide, device: string): Problem[] {
  const port = side.view?.port(INTEGRATION_BRIDGE, device)
  if (!port) return [checkPlace(side, device, INTEGRATION_BRIDGE)]
  return [checkUsable(port), checkIdentity(port, side), checkTag(port, side), checkTagRecord(port), checkMode(port)]
}

/** The parent's VIF: on the trunk bridge, for all VLANs. A tag there would cut off the subports. */
export function checkTrunkVif(side: PathSide, { bridge, parent }: TrunkSide, device: string): Problem[] {
  const port = side.view?.port(bridge, device)
  if (!port) return [checkPlace(side, device, bridge)]
  const isOpen = port.tag === null && port.trunks.length === 0
  return [
    checkUsable(port),
    checkIdentity(port, { port: parent }),
    isOpen ? null : { code: 'vif-cuts-vlans', params: { device, bridge, tag: port.tag, trunks: port.trunks, whose: 'guest' } },
  ]
}

/** One end of a trunk's patch pair: there, a patch, leading to the other end, standing for the port. */
export function checkTrunkPatchEnd(side: PathSide, bridge: string, name: string, peer: string): Problem[] {
  const port = side.view?.port(bridge, name)
  if (!port) return [checkPlace(side, name, bridge)]
  const actual = port.interface.options['peer']
  return [
    port.interface.type === 'patch' ? null : { code: 'no-patch', params: { device: name, bridge } },
    // Without a peer it is unusable for that reason.
    actual === peer ? null : { code: 'patch-peer', params: { device: name, found: actual ?? null, expected: peer, host: side.host.name } },
    checkUsable(port),
    checkIdentity(port, side),
  ]
}

/**
 * The tag on the trunk bridge is the guest's VLAN id. Untagged frames, the parent's, pass a port with tag 0, which is ours, and one
 * without a tag, which is how Neutron's agent leaves it (docs/reference/trunks.md).
 */
export function checkGuestVlan(side: PathSide, { bridge, outer, guestVlan }: TrunkSide): Problem {
  const port = side.view?.port(bridge, outer)
  if (!port || port.tag === (guestVlan ?? 0) || (guestVlan === null && port.tag === null && !side.hasDesign)) return null
  return { code: 'guest-tag', params: { device: outer, tag: port.tag, guestVlan, label: side.endpoint.label } }
}

/** null when the port is on the bridge. */
export function checkPlace({ view, host }: PathSide, device: string, bridge: string): Problem {
  if (view?.port(bridge, device)) return null
  const elsewhere = view?.portAnywhere(device)
  return elsewhere
    ? { code: 'port-elsewhere', params: { device, found: elsewhere.bridge, expected: bridge, host: host.name } }
    : absence(view, 'ovsPorts', { bridge }, { code: 'port-missing', params: { device, bridge, host: host.name } })
}

function checkIdentity({ name, interface: { externalIds } }: OvsPort, { port }: Pick<PathSide, 'port'>): Problem {
  const id = externalIds['iface-id']
  if (id !== port.id) return { code: 'port-iface-id', params: { device: name, found: id ?? null, expected: port.id } }
  const mac = externalIds['attached-mac']
  if (mac === undefined || mac.toLowerCase() === port.macAddress.toLowerCase()) return null
  return { code: 'port-mac', params: { device: name, found: mac, expected: port.macAddress } }
}

function checkTag({ name, tag, vlanMode }: OvsPort, { localVlan, network, host }: PathSide): Problem {
  if (tag === DEAD_VLAN) return { code: 'dead-tag', params: { device: name, tag, wasWired: vlanMode !== 'trunk' } }
  if (tag === null) return { code: 'no-tag', params: { device: name } }
  if (localVlan === null || tag === localVlan) return null
  return { code: 'local-tag', params: { device: name, tag, network: network.name, host: host.name, localVlan } }
}

/** The agent writes the tag twice; a restart restores it from other_config. */
function checkTagRecord({ name, tag, otherConfig }: OvsPort): Problem {
  const recorded = otherConfig['tag']
  if (recorded === undefined || tag === null || Number(recorded) === tag) return null
  return { code: 'tag-record', params: { device: name, tag, recorded } }
}

function checkMode({ name, vlanMode, trunks }: OvsPort): Problem {
  const isAccess = (vlanMode === null || vlanMode === 'access') && trunks.length === 0
  return isAccess ? null : { code: 'not-access', params: { device: name, vlanMode, trunks } }
}

export function checkBridge({ view, host }: PathSide, name: string): Problem[] {
  if (!view?.bridge(name))
    return [absence(view, 'ovsBridges', {}, { code: 'ovs-bridge-missing', params: { bridge: name, host: host.name } })]
  const unread = view.unknownPart('flows', { bridge: name })
  if (unread !== null) return [{ unread }]
  if (view.flowsOf(name).length > 0) return [null]
  return [{ code: 'bridge-without-flows', params: { bridge: name, host: host.name } }]
}

export function checkPatch({ view, host }: PathSide, { inner, outer, outerBridge }: PatchPair): Problem[] {
  const ends = [
    [inner, INTEGRATION_BRIDGE, outer],
    [outer, outerBridge, inner],
  ] as const
  return ends.map(([name, bridge, peer]): Problem => {
    const port = view?.port(bridge, name)
    if (!port) return absence(view, 'ovsPorts', { bridge }, { code: 'patch-missing', params: { device: name, bridge, host: host.name } })
    if (port.interface.type !== 'patch') return { code: 'no-patch', params: { device: name, bridge } }
    const actual = port.interface.options['peer'] ?? null
    return actual === peer
      ? checkUsable(port)
      : { code: 'patch-peer', params: { device: name, found: actual, expected: peer, host: host.name } }
  })
}

/** Open vSwitch has a row for it and no device. */
export function checkUsable(port: OvsPort): Problem {
  const fault = faultOf(port)
  return fault && { code: 'ovs-cannot-use', params: fault }
}
