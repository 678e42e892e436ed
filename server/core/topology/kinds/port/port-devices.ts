// The devices that a port has, or will have, on its host, by what they are called in Neutron.

import {
  fgName,
  gwName,
  qbrName,
  qgName,
  qrName,
  qvbName,
  qvoName,
  sgName,
  spiName,
  sptName,
  tapName,
  tpiName,
  tptName,
  trunkBridgeName,
} from '../../../naming'
import { subPortOf, trunkOfParent } from '../../lookup'
import { isAgentGateway, isFloatingIpPort } from '../../floating-ips'
import { isMemberPort } from '../../gateway-clusters'
import { isCentralPort, isGatewayPort, isRouterPort, isSelectorPort } from '../../router-ports'
import type { Topology } from '../../topology'
import type { Port } from './port'

/** A subport's frames cross the parent's devices; its own are a patch pair. A parent has both. */
export function portDevices(topology: Topology, { id, deviceOwner }: Port): Readonly<Record<string, string>> {
  if (deviceOwner === 'network:dhcp') return { tap: tapName(id) }
  if (isGatewayPort({ deviceOwner })) return { qg: qgName(id) }
  if (isCentralPort({ deviceOwner })) return { sg: sgName(id) }
  if (isSelectorPort({ deviceOwner })) return {}
  if (isRouterPort({ deviceOwner })) return { qr: qrName(id) }
  if (isFloatingIpPort({ deviceOwner })) return {}
  if (isMemberPort({ deviceOwner })) return { gw: gwName(id) }
  if (isAgentGateway({ deviceOwner })) return { fg: fgName(id) }
  if (subPortOf(topology, id)) return { spt: sptName(id), spi: spiName(id) }
  const plug = { tap: tapName(id), qbr: qbrName(id), qvb: qvbName(id), qvo: qvoName(id) }
  const trunk = trunkOfParent(topology.trunks, id)
  return trunk ? { ...plug, tbr: trunkBridgeName(trunk.id), tpt: tptName(id), tpi: tpiName(id) } : plug
}
