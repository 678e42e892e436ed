// UDP header, and by its ports what it carries: VXLAN, DHCP or DNS.
//
// Rules: RFC 768, RFC 7348 section 5 (VXLAN by destination port; the source port is a hash and says nothing),
// RFC 2131 section 4.1 (67 and 68), RFC 1035 section 4.2.1 (53), RFC 2675 section 4 (a length of 0 reaches to the end: segmentation
// offload above 64 KB, Linux BIG TCP, leaves it so). Checksums are not judged: offload leaves them unset.

import type { FieldReader } from './field-reader'
import type { LayerBase, LayerStep, Protocol } from './layer'

export interface UdpLayer extends LayerBase {
  readonly protocol: 'udp'
  readonly sourcePort: number
  readonly destinationPort: number
}

const UdpPort = { dns: 53, dhcpServer: 67, dhcpClient: 68, vxlan: 4789 } as const

const HEADER_LENGTH = 8

export function decodeUdp(reader: FieldReader): LayerStep<UdpLayer> | undefined {
  const sourcePort = reader.u16('sourcePort')
  const destinationPort = reader.u16('destinationPort')
  const length = reader.u16('length')
  reader.u16('checksum')
  if (length > 0 && length < HEADER_LENGTH) reader.fail({ code: 'datagram-short', params: { length } })
  const payload = length === 0 ? reader.rest : { offset: reader.position, length: Math.min(length - HEADER_LENGTH, reader.rest.length) }
  const next = payloadProtocol(sourcePort, destinationPort)
  return reader.finish({ protocol: 'udp', sourcePort, destinationPort }, next, payload)
}

function payloadProtocol(sourcePort: number, destinationPort: number): Protocol | undefined {
  if (destinationPort === UdpPort.vxlan) return 'vxlan'
  if (isDhcpPort(sourcePort) && isDhcpPort(destinationPort)) return 'dhcp'
  return sourcePort === UdpPort.dns || destinationPort === UdpPort.dns ? 'dns' : undefined
}

function isDhcpPort(port: number): boolean {
  return port === UdpPort.dhcpServer || port === UdpPort.dhcpClient
}
