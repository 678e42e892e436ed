// Flows of a gateway member on br-gw: translation one to one, by nothing that has to be remembered, so that each member can take each packet. What a VM sends is
// known by its host's tunnel address, its network's VNI and its own address together, since clouds have the same addresses, and VNIs, as each other. ARP is
// neither answered nor sent, and no tenant's network is ever flooded from here.

import type { Flow } from '../../host/flow'
import { GATEWAY_BRIDGE, GATEWAY_TUNNEL, gwiName } from '../../naming'
import type { Translated } from '../../topology/gateway-records'
import type { GatewayCluster } from '../../topology/kinds/gateway-cluster/gateway-cluster'
import { flowWriter, goto, setDestination, setSource, setTunnel } from '../openvswitch/flows'
import type { HostScope } from '../scope'

/** What has no floating IP is known by these addresses, which are nobody's (RFC 1112), until the namespace translates it. */
export const UNTRANSLATED = '240.0.0.0/4'
/** Of gwi, and of who is asked for there. Both are seen nowhere else. */
export const INSIDE_MAC = '02:74:61:00:00:01'
export const FLOWS_MAC = '02:74:61:00:00:02'

const TABLE = { local: 0, fromVms: 1, toVms: 2 } as const

export function memberFlows(scope: HostScope, { id }: GatewayCluster, translated: readonly Translated[]): readonly Flow[] {
  const flow = flowWriter(scope, GATEWAY_BRIDGE, { kind: 'gateway', id })
  const inside = gwiName(id)
  const drop = (table: number) => flow({ table, priority: 0, actions: 'drop' })
  return [
    flow({ table: TABLE.local, priority: 10, match: `ip,in_port=${GATEWAY_TUNNEL}`, actions: goto(TABLE.fromVms) }),
    flow({ table: TABLE.local, priority: 10, match: `ip,in_port=${inside}`, actions: goto(TABLE.toVms) }),
    drop(TABLE.local),
    flow({ table: TABLE.fromVms, priority: 20, match: `ip,nw_dst=${UNTRANSLATED}`, actions: 'drop' }),
    drop(TABLE.fromVms),
    drop(TABLE.toVms),
    ...translated.flatMap(({ address, vmIp, vni, vtep, dvrMac, selectorMac }) => [
      flow({
        table: TABLE.fromVms,
        priority: 10,
        match: `ip,tun_id=0x${vni.toString(16)},tun_src=${vtep},dl_dst=${selectorMac},nw_src=${vmIp}`,
        actions: [`mod_nw_src:${address}`, setSource(FLOWS_MAC), setDestination(INSIDE_MAC), `output:${inside}`].join(','),
      }),
      flow({
        table: TABLE.toVms,
        priority: 10,
        match: `ip,nw_dst=${address}`,
        actions: [
          `mod_nw_dst:${vmIp}`,
          setSource(selectorMac),
          setDestination(dvrMac),
          setTunnel(vni),
          `set_field:${vtep}->tun_dst`,
          `output:${GATEWAY_TUNNEL}`,
        ].join(','),
      }),
    ]),
  ]
}
