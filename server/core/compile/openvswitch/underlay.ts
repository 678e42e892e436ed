// Where the VTEP address lives. The userspace datapath sends tunnels only through a bridge, so the NIC becomes a port of br-<nic> and the
// address sits on that bridge's internal port (Open vSwitch, Documentation/howto/userspace-tunneling). With the kernel's it is on the NIC.

import type { HostState } from '../../host/host-state'
import { MARK, renderOwner, underlayBridgeName, type Owner } from '../../naming'
import type { HostScope } from '../scope'
import { requiredNic, vtepOnNic } from '../underlay'
import { ovsPort } from './integration-bridge'

export function compileUnderlay(scope: HostScope): Partial<HostState> {
  const { tunnel, datapathType } = scope.host
  if (!tunnel) return {}
  if (datapathType === 'system') return vtepOnNic(tunnel)
  const owner: Owner = { kind: 'host', id: scope.host.id }
  const bridge = underlayBridgeName(tunnel.nic)
  return {
    links: [requiredNic(tunnel.nic), { netns: '', name: bridge, type: 'ovs-internal', owner, isUp: true }],
    addresses: [{ netns: '', link: bridge, cidr: `${tunnel.address}/${tunnel.prefixLength}` }],
    ovsBridges: [
      {
        name: bridge,
        owner,
        datapathType: 'netdev',
        // One NIC and no patch port, so a plain learning switch cannot loop; and tunnels survive a restart of vswitchd.
        failMode: 'standalone',
        protocols: ['OpenFlow10', 'OpenFlow13', 'OpenFlow14'],
        otherConfig: {},
        externalIds: { [MARK]: renderOwner(owner) },
      },
    ],
    ovsPorts: [ovsPort(bridge, tunnel.nic, owner, { type: '', options: {}, externalIds: {} })],
  }
}
