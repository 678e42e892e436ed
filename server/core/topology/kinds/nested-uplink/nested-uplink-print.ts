// The fields of a nested uplink as people read them.

import { dataBridgeName, dataQvbName, dataQvoName } from '../../../naming'
import { nameOf, type PrintedFields } from '../../print-values'
import type { Topology } from '../../topology'
import type { NestedUplink } from './nested-uplink'

export function printUplink(uplink: NestedUplink, names: Topology): PrintedFields {
  return {
    VM: nameOf(names.vms, uplink.vmId),
    'physical network': nameOf(names.physicalNetworks, uplink.physicalNetworkId),
    devices: [dataBridgeName(uplink.number), dataQvbName(uplink.number), dataQvoName(uplink.number)].join(', '),
    MAC: uplink.macAddress,
  }
}
