// The places of a host with the Linux bridge agent.

import { isProvider } from '../../path-side'
import type { Describers } from '../describers'
import { guest } from '../guest'
import { bridgedRouterPort } from '../router-port'
import { underlayNic } from '../underlay'
import { wire } from '../wire'
import { bridgedNic, bridgedTap, networkBridge, server, tapVlan, vlanDevice, vxlanDevice } from './places'

export const linuxbridgeDescribers: Describers = {
  vm: guest,
  tap: bridgedTap,
  'tap-vlan': tapVlan,
  brq: networkBridge,
  'vlan-device': vlanDevice,
  'vxlan-device': vxlanDevice,
  nic: (stop) => (isProvider(stop.side.network) ? bridgedNic(stop) : underlayNic(stop)),
  wire,
  dhcp: server,
  'router-port': bridgedRouterPort,
}
