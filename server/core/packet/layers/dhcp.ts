// DHCP for IPv4: which client, which transaction, which message, which address, and the options an operator asks about
// (server, router, lease, MTU). Options stand behind 240 fixed bytes, so a capture with the usual 256 bytes per packet
// cuts most of them; the fixed part is then still shown.
//
// Rules: RFC 2131 section 2 (layout), RFC 2132 (options), IANA "BOOTP Vendor Extensions and DHCP Options".

import { dhcpOptionFormat } from './dhcp-options'
import type { FieldReader } from './field-reader'
import type { LayerBase, LayerStep } from './layer'

export interface DhcpLayer extends LayerBase {
  readonly protocol: 'dhcp'
  readonly transactionId: number
  readonly clientMac: string
  readonly clientIp: string
  /** The address that the server offers or confirms. */
  readonly yourIp: string
  /** `discover`, `offer`, ...; undefined for plain BOOTP, and where the capture cut the options. */
  readonly messageType?: string
  readonly options: readonly DhcpOption[]
}

interface DhcpOption {
  readonly code: number
  readonly name: string
  readonly text: string
}

const MAGIC_COOKIE = 0x63825363
const PAD = 0
const END = 255
const MESSAGE_TYPE = 53

export function decodeDhcp(reader: FieldReader): LayerStep<DhcpLayer> | undefined {
  const fixed = readFixedPart(reader)
  const options = readOptions(reader)
  const messageType = options.find((option) => option.code === MESSAGE_TYPE)?.text
  return reader.finish({ protocol: 'dhcp', ...fixed, messageType, options })
}

function readFixedPart(reader: FieldReader) {
  reader.u8('operation')
  reader.take(3)
  const transactionId = reader.u32('transactionId')
  reader.u16('seconds')
  reader.u16('flags')
  const clientIp = reader.ipv4('clientIp')
  const yourIp = reader.ipv4('yourIp')
  reader.ipv4('nextServerIp')
  reader.ipv4('relayIp')
  const clientMac = reader.mac('clientMac')
  reader.take(10) // the rest of the hardware address field, which is made for longer addresses
  return { transactionId, clientIp, yourIp, clientMac }
}

/** Server name and boot file, 192 bytes, stand between; they are empty on the networks that we look at. */
function readOptions(reader: FieldReader): DhcpOption[] {
  if (reader.failure) return []
  return reader.section(reader.rest.length, (section) => {
    const options: DhcpOption[] = []
    section.take(192)
    if (section.u32('magicCookie') !== MAGIC_COOKIE) section.fail({ code: 'no-dhcp-options', params: {} })
    for (let option = readOption(section); option; option = readOption(section)) options.push(option)
    return options
  })
}

/** Undefined at the end mark, and where the bytes run out. */
function readOption(section: FieldReader): DhcpOption | undefined {
  let code = PAD
  while (code === PAD && section.remaining > 0) code = section.raw(1)
  if (code === PAD || code === END) return undefined
  const value = section.take(section.raw(1))
  if (section.failure) return undefined
  const { name, format } = dhcpOptionFormat(code)
  return { code, name, text: section.part(name, format(value)) }
}
