// `ovs-ofctl show` and `dump-ports-desc` → ports of a bridge with their state.
//
//   4(qvof4513237-f5): addr:4e:74:4a:38:e7:ea
//       config:     0
//       state:      LIVE

import { takeLines } from '../lines'
import type { Parsed } from '../parse-result'

export interface OpenFlowPort {
  /** OpenFlow number, or LOCAL. */
  readonly number: string
  /** Cut at 15 characters by OpenFlow. */
  readonly name: string
  readonly macAddress: string
  readonly config: readonly string[]
  readonly state: readonly string[]
}

const PORT = /^ (\d+|LOCAL)\((.+)\): addr:([0-9a-f]{2}(?::[0-9a-f]{2}){5})$/
/** Lines about the switch, and about a port, that are understood and not kept. */
const KNOWN = [
  /^OFPT_FEATURES_REPLY .*dpid:[0-9a-f]{16}$/,
  /^n_tables:\d+, n_buffers:\d+(?:, auxiliary_id:\d+)?$/,
  /^(?:capabilities|actions): [A-Za-z_ 0-9]*$/,
  /^OFPST_PORT_DESC reply .*:$/,
  /^OFPT_GET_CONFIG_REPLY .*: frags=\S+ miss_send_len=\d+$/,
  /^ {5}(?:current|advertised|supported|peer): .*$/,
  /^ {5}speed: \d+ Mbps now, \d+ Mbps max$/,
]
const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '' && word !== '0')

export function parsePortsDesc(text: string, section = 'ports'): Parsed<readonly OpenFlowPort[]> {
  const ports: OpenFlowPort[] = []
  return takeLines<readonly OpenFlowPort[]>(text, section, ports, (line) => {
    const [, number, name, macAddress] = PORT.exec(line) ?? []
    if (number && name && macAddress) return ports.push({ number, name, macAddress, config: [], state: [] }) > 0
    const [, key, value = ''] = /^ {5}(config|state): +(.*)$/.exec(line) ?? []
    const port = ports[ports.length - 1]
    if (port && key) ports[ports.length - 1] = { ...port, [key]: words(value) }
    return (port !== undefined && key !== undefined) || KNOWN.some((pattern) => pattern.test(line))
  })
}
