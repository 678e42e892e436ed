// br-int with the base of Neutron's pipeline (docs/reference/integration-bridge.md): secure, dead VLAN, canary, spoof drop, NORMAL last.

import type { HostState } from '../../host/host-state'
import { DEAD_VLAN, type OvsBridge, type OvsPort } from '../../host/ovs'
import { INTEGRATION_BRIDGE, MARK, PATCH_INT, PATCH_TUN, renderOwner, type Owner } from '../../naming'
import { flowWriter, goto, INT } from './flows'
import type { HostScope } from '../scope'

export function compileIntegrationBridge(scope: HostScope): Partial<HostState> {
  const owner: Owner = { kind: 'host', id: scope.host.id }
  const flow = flowWriter(scope, INTEGRATION_BRIDGE, owner)
  return {
    ovsBridges: [secureBridge(INTEGRATION_BRIDGE, owner, scope)],
    ovsPorts: scope.host.tunnel ? [patchPort(INTEGRATION_BRIDGE, PATCH_TUN, PATCH_INT, owner)] : [],
    flows: [
      flow({ table: INT.local, priority: 65535, match: `dl_vlan=${DEAD_VLAN}`, actions: 'drop' }),
      flow({ table: INT.local, priority: 0, actions: goto(INT.packetRate) }),
      flow({ table: INT.canary, priority: 0, actions: 'drop' }),
      flow({ table: INT.arpSpoof, priority: 0, actions: 'drop' }),
      flow({ table: INT.localEgress, priority: 0, actions: goto(INT.packetRate) }),
      flow({ table: INT.localIp, priority: 0, actions: goto(INT.packetRate) }),
      flow({ table: INT.packetRate, priority: 0, actions: goto(INT.bandwidth) }),
      flow({ table: INT.bandwidth, priority: 0, actions: goto(INT.transient) }),
      flow({ table: INT.transient, priority: 1, actions: 'NORMAL' }),
      flow({ table: INT.acceptedIngress, priority: 3, actions: 'NORMAL' }),
    ],
  }
}

/** fail_mode secure and in-band control off, as the agent sets them; the protocols that bundles need (OpenFlow14). */
export function secureBridge(name: string, owner: Owner, scope: HostScope): OvsBridge {
  return {
    name,
    owner,
    datapathType: scope.host.datapathType === 'netdev' ? 'netdev' : '',
    failMode: 'secure',
    protocols: ['OpenFlow10', 'OpenFlow13', 'OpenFlow14'],
    otherConfig: { 'disable-in-band': 'true', 'mac-table-size': '50000' },
    externalIds: { [MARK]: renderOwner(owner) },
  }
}

/** One end of a patch pair. The peer is connected only after the flows are in (kinds/ovs/port-steps.ts keeps that order). */
export function patchPort(bridge: string, name: string, peer: string, owner: Owner): OvsPort {
  return ovsPort(bridge, name, owner, { type: 'patch', options: { peer }, externalIds: {} })
}

/** A port of ours without a tag. */
export function ovsPort(bridge: string, name: string, owner: Owner, iface: OvsPort['interface']): OvsPort {
  return {
    bridge,
    name,
    owner,
    tag: null,
    vlanMode: null,
    trunks: [],
    otherConfig: {},
    externalIds: { [MARK]: renderOwner(owner) },
    interface: iface,
  }
}
