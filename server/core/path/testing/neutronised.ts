// The small cloud as somebody else's: nobody designed it, and what its ports are is on the hosts.

import type { OvsPort } from '../../host/ovs'
import type { NetworkType } from '../../topology/kinds/network/network'
import { Cloud, ports } from './cloud'

const vmOf = { web1: '0a000000-0000-4000-8000-000000000001', web2: '0a000000-0000-4000-8000-000000000002' }

/** What Neutron and nova write beside what our own cloud has. */
export function neutronised(type: NetworkType, datapathType: 'system' | 'netdev' = 'system'): Cloud {
  const cloud = new Cloud({ type, datapathType })
  for (const host of ['cmp1', 'cmp2'] as const) {
    cloud.change(host, 'ovsPorts', (each): OvsPort => {
      const id = each.interface.externalIds['iface-id']
      if (!id) return each
      const segmentation: Record<string, string> = type === 'flat' ? {} : { segmentation_id: type === 'vlan' ? '120' : '100' }
      const vm: Record<string, string> = id === ports.web1 ? { 'vm-uuid': vmOf.web1 } : id === ports.web2 ? { 'vm-id': vmOf.web2 } : {}
      return {
        ...each,
        otherConfig: { ...each.otherConfig, physical_network: type === 'vxlan' ? 'None' : 'physnet1', ...segmentation },
        interface: { ...each.interface, externalIds: { ...each.interface.externalIds, ...vm } },
      }
    })
  }
  return cloud
}
