// Where the VTEP address lives. With the kernel's VXLAN it is on the NIC, by the host's own doing or, where there is none, by ours; the
// userspace datapath sends tunnels only through a bridge, so the NIC becomes a port of br-<nic> and the address sits on
// that bridge's internal port (Open vSwitch, Documentation/howto/userspace-tunneling).

import type { HostState } from '../host/host-state'
import type { Link } from '../host/link'
import { MARK, renderOwner, underlayBridgeName, vtepLabel, type Owner } from '../naming'
import { ovsPort } from './integration-bridge'
import { isLinuxBridge, type HostScope } from './scope'

/** A NIC must exist and be up; it is never made, moved or given addresses. */
export const requiredNic = (name: string): Link => ({ netns: '', name, type: 'physical', owner: null, isUp: true })

export function compileUnderlay(scope: HostScope): Partial<HostState> {
  const { tunnel, datapathType } = scope.host
  if (!tunnel) return {}
  const cidr = `${tunnel.address}/${tunnel.prefixLength}`
  if (isLinuxBridge(scope) || datapathType === 'system') {
    return { links: [requiredNic(tunnel.nic)], addresses: [{ netns: '', link: tunnel.nic, cidr, label: vtepLabel(tunnel.nic) }] }
  }
  const owner: Owner = { kind: 'host', id: scope.host.id }
  const bridge = underlayBridgeName(tunnel.nic)
  return {
    links: [requiredNic(tunnel.nic), { netns: '', name: bridge, type: 'ovs-internal', owner, isUp: true }],
    addresses: [{ netns: '', link: bridge, cidr }],
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
