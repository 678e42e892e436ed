// A trunk on Open vSwitch (docs/reference/trunks.md): the bridge tbr- with the parent's VIF (hybrid-plug.ts), and a patch pair
// to br-int per port. The guest VLAN id exists on the tbr- side only; the br-int side has the local VLAN of its port's network
// and the flows of any port. The bridge has no uplink: patch ends are access ports, so no frame can go round (decision 10).

import type { HostState } from '../../host/host-state'
import type { OvsPort } from '../../host/ovs'
import { invariant } from '../../invariant'
import {
  INTEGRATION_BRIDGE,
  MARK,
  qvoName,
  renderOwner,
  spiName,
  sptName,
  tpiName,
  tptName,
  trunkBridgeName,
  type Owner,
} from '../../naming'
import { findById } from '../../topology/find'
import type { Port } from '../../topology/kinds/port/port'
import { trunkOfParent } from '../../topology/lookup'
import type { Trunk } from '../../topology/kinds/trunk/trunk'
import { wiring } from './hybrid-plug'
import { patchPort } from './integration-bridge'
import type { HostScope } from '../scope'

export function compileTrunk(scope: HostScope, trunk: Trunk): Partial<HostState> {
  const owner: Owner = { kind: 'trunk', id: trunk.id }
  const bridge = trunkBridgeName(trunk.id)
  const parent = portOf(scope, trunk.portId)
  return {
    // As os-vif makes it: no controller and no fail_mode, so Open vSwitch itself keeps one NORMAL flow in it.
    ovsBridges: [
      {
        name: bridge,
        owner,
        datapathType: scope.host.datapathType === 'netdev' ? 'netdev' : '',
        failMode: null,
        protocols: [],
        otherConfig: {},
        externalIds: { [MARK]: renderOwner(owner) },
      },
    ],
    ovsPorts: [
      ...patchPair(scope, bridge, parent, { outer: tptName(parent.id), inner: tpiName(parent.id), guestVlan: 0 }),
      ...trunk.subPorts.flatMap(({ portId, segmentationId }) =>
        patchPair(scope, bridge, portOf(scope, portId), { outer: sptName(portId), inner: spiName(portId), guestVlan: segmentationId }),
      ),
    ],
  }
}

function portOf(scope: HostScope, portId: string): Port {
  const port = findById(scope.topology.ports, portId)
  invariant(port && port.hostId === scope.host.id, `port ${portId} of a trunk is not bound to its host ${scope.host.id}`)
  return port
}

interface PairNames {
  /** On the trunk bridge. */
  readonly outer: string
  /** On br-int. */
  readonly inner: string
  /** 0: untagged in the guest. */
  readonly guestVlan: number
}

/** Both ends carry the ids of the port that they stand for (trunk_manager.py). */
function patchPair(scope: HostScope, bridge: string, port: Port, { outer, inner, guestVlan }: PairNames): OvsPort[] {
  const owner: Owner = { kind: 'port', id: port.id }
  const externalIds = { 'iface-id': port.id, 'attached-mac': port.macAddress }
  const end = (on: string, name: string, peer: string): OvsPort => {
    const patch = patchPort(on, name, peer, owner)
    return { ...patch, interface: { ...patch.interface, externalIds } }
  }
  return [
    { ...end(bridge, outer, inner), tag: guestVlan, vlanMode: 'access' },
    { ...end(INTEGRATION_BRIDGE, inner, outer), ...wiring(scope, port, scope.network(port.networkId)) },
  ]
}

/** By which port's frames enter br-int. */
export function integrationDevice({ trunks }: Pick<HostScope, 'trunks'>, port: Port): string {
  if (port.deviceOwner === 'trunk:subport') return spiName(port.id)
  return trunkOfParent(trunks, port.id) ? tpiName(port.id) : qvoName(port.id)
}
