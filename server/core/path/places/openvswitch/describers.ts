// The places of a host with the Open vSwitch agent.

import { isProvider } from '../../path-side'
import type { Describers } from '../describers'
import { guest } from '../guest'
import { routerPort } from '../router-port'
import { underlayBridge, underlayNic } from '../underlay'
import { wire } from '../wire'
import { dhcp } from './dhcp'
import { qbr, qvb, qvo, tap } from './hybrid-plug'
import { integration } from './integration'
import { patch } from './patch'
import { providerBridge, providerNic } from './provider'
import { trunkBridge, trunkPatch } from './trunk'
import { tunnelBridge } from './tunnel'

export const openvswitchDescribers: Describers = {
  vm: guest,
  tap,
  qbr,
  qvb,
  qvo,
  'trunk-bridge': trunkBridge,
  'trunk-patch': trunkPatch,
  'br-int': integration,
  patch,
  'br-tun': tunnelBridge,
  'provider-bridge': providerBridge,
  'underlay-bridge': underlayBridge,
  nic: (stop) => (isProvider(stop.side.network) ? providerNic(stop) : underlayNic(stop)),
  wire,
  dhcp,
  'router-port': routerPort,
}
