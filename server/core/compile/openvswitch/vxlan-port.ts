// A tunnel port of br-tun to one address. It carries all VXLAN networks: flows say which.

import type { OvsPort } from '../../host/ovs'
import { TUNNEL_BRIDGE, vxlanPortName, type Owner } from '../../naming'
import type { Host } from '../../topology/kinds/host/host'
import { ovsPort } from './integration-bridge'

export function vxlanPort(local: Host, remoteAddress: string, owner: Owner): OvsPort {
  return ovsPort(TUNNEL_BRIDGE, vxlanPortName(remoteAddress), owner, {
    type: 'vxlan',
    options: {
      df_default: 'true',
      egress_pkt_mark: '0',
      in_key: 'flow',
      local_ip: local.tunnel!.address,
      out_key: 'flow',
      remote_ip: remoteAddress,
    },
    externalIds: {},
  })
}
