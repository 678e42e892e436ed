// A host with the Linux bridge agent (docs/reference/linux-bridge.md): tap, for a subport the VLAN interface on it, the network's bridge,
// and the way out by the NIC itself, a VLAN interface on it or a VXLAN device. All of them are devices, so each is proven by a capture.

import { brqName, tapName } from '../../../naming'
import { checkFilter, checkForwarding, checkVlan, checkVxlan } from '../../checks/bridge-checks'
import { checkGroups } from '../../checks/group-checks'
import { checkLink } from '../../checks/link-checks'
import { captureProof, type HopFacts } from '../../hop'
import { endPlaceOf } from '../../end-place'
import { mappingOf, nicMtu, nicPort, wireVlan } from '../../path-side'
import type { Stop } from '../../stop'
import { tunnelEnds } from '../../tunnel-ends'
import { adminIntent, checkRoom, checkSpanningTree } from '../common-checks'
import { checkNamespace, checkService } from '../server-checks'

const seen = ({ place: { device, netns } }: Stop): Pick<HopFacts, 'proof'> => ({ proof: captureProof(device, netns) })

export function bridgedTap(stop: Stop): HopFacts {
  const {
    side,
    place: { device },
  } = stop
  const inside = endPlaceOf(side)
  if (inside) return serverTap(stop, inside.device)
  const parent = nicPort(side)
  const bridge = brqName(parent.networkId)
  const isOwn = parent.id === side.port.id
  return {
    ...seen(stop),
    detail: isOwn ? { code: 'in-bridge', params: { bridge } } : { code: 'parent-tap', params: {} },
    intentProblems: isOwn ? adminIntent(side) : [],
    hostProblems: [
      ...checkLink(side, { name: device, master: bridge, mtu: nicMtu(side) }),
      ...(isOwn ? [checkFilter(side, device), checkGroups(side)] : []),
    ],
  }
}

/** The other end of the veth pair into the namespace. */
function serverTap(stop: Stop, peer: string): HopFacts {
  const {
    side,
    place: { device },
  } = stop
  const bridge = brqName(side.network.id)
  return {
    ...seen(stop),
    detail: { code: 'in-bridge', params: { bridge } },
    hostProblems: checkLink(side, { name: device, master: bridge, peer, mtu: side.network.mtu }),
  }
}

export function server(stop: Stop): HopFacts {
  const { side, place } = stop
  const { device, netns } = place
  return {
    ...seen(stop),
    detail: { code: 'address', params: { address: side.endpoint.ipAddress } },
    intentProblems: adminIntent(side),
    hostProblems: [
      checkNamespace(side, netns),
      ...checkLink(side, { netns, name: device, mtu: side.network.mtu }),
      ...checkService(side, place),
    ],
  }
}

export function tapVlan(stop: Stop): HopFacts {
  const {
    side,
    place: { device },
  } = stop
  const [lower, id] = [tapName(nicPort(side).id), side.trunk?.guestVlan ?? 0]
  const isThere = !side.view || side.view.link('', device) !== undefined || side.view.unknownPart('links', { netns: '' }) !== null
  return {
    ...seen(stop),
    detail: { code: 'guest-vlan-of', params: { vlan: id, lower } },
    intentProblems: adminIntent(side),
    hostProblems: isThere
      ? [
          checkVlan(side, device, { lower, id }),
          ...checkLink(side, { name: device, master: brqName(side.network.id), mtu: side.network.mtu }),
          checkFilter(side, device),
          checkGroups(side),
        ]
      : [{ code: 'tap-vlan-missing', params: { device, host: side.host.name } }],
  }
}

export function networkBridge(stop: Stop): HopFacts {
  const {
    side,
    place: { device },
  } = stop
  return {
    ...seen(stop),
    detail: { code: 'linux-bridge', params: {} },
    hostProblems: [...checkLink(side, { name: device, mtu: side.network.mtu }), checkSpanningTree(side, device)],
  }
}

export function vlanDevice(stop: Stop): HopFacts {
  const {
    side,
    place: { device },
  } = stop
  const [nic, id] = [mappingOf(side)?.nic ?? '?', wireVlan(side.network) ?? 0]
  return {
    ...seen(stop),
    detail: { code: 'vlan-of', params: { vlan: id, lower: nic } },
    hostProblems: [
      checkVlan(side, device, { lower: nic, id }),
      ...checkLink(side, { name: device, master: brqName(side.network.id), mtu: side.network.mtu }),
    ],
  }
}

export function vxlanDevice(stop: Stop): HopFacts {
  const {
    side,
    peer,
    place: { device },
  } = stop
  const ends = tunnelEnds(side, peer)
  const link = { name: device, master: brqName(side.network.id), mtu: side.network.mtu }
  return {
    ...seen(stop),
    detail: { code: 'vni', params: { vni: ends.vni, port: null } },
    hostProblems: [checkVxlan(side, device, ends), ...checkLink(side, link), checkForwarding(side, peer, device, ends)],
  }
}

/** Untagged frames of a NIC belong to the flat network, whose bridge it is in. */
export function bridgedNic(stop: Stop): HopFacts {
  const {
    side,
    place: { device },
  } = stop
  const vlanId = wireVlan(side.network)
  return {
    ...seen(stop),
    detail: { code: 'wire-tag', params: { vlan: vlanId } },
    hostProblems: [
      ...checkLink(side, { name: device, ...(vlanId === null && { master: brqName(side.network.id) }) }),
      checkRoom(side, device),
    ],
  }
}
