// `ovs-ofctl show` and `dump-ports-desc` → ports of a bridge with their state; `dump-ports` → their counters.
//
//   4(qvof4513237-f5): addr:4e:74:4a:38:e7:ea          port  4: rx pkts=24, bytes=4568, drop=0, errs=0, frame=0, …
//       config:     0                                           tx pkts=17, bytes=4150, drop=0, errs=0, coll=0
//       state:      LIVE                                        duration=11.127s

import { canonicalPort } from '../openflow/port-name'
import { countOrNull, takeLines } from '../lines'
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

export interface PortCounters {
  readonly packets: number | null
  readonly bytes: number | null
  readonly dropped: number | null
  readonly errors: number | null
}

export interface OpenFlowPortStats {
  readonly port: string
  readonly rx: PortCounters
  readonly tx: PortCounters
  readonly durationS: number | null
}

const RX = /^ {2}port +(\S+): rx (.*)$/
const TX = /^ +tx (pkts=.*)$/
const noCounters: PortCounters = { packets: null, bytes: null, dropped: null, errors: null }

export function parsePortStats(text: string, section = 'port counters'): Parsed<readonly OpenFlowPortStats[]> {
  const stats: OpenFlowPortStats[] = []
  const amend = (part: Partial<OpenFlowPortStats>): boolean => {
    const last = stats[stats.length - 1]
    if (last) stats[stats.length - 1] = { ...last, ...part }
    return last !== undefined
  }
  return takeLines<readonly OpenFlowPortStats[]>(text, section, stats, (line) => {
    if (/^OFPST_PORT reply .*: \d+ ports$/.test(line)) return true
    const [, portText, received] = RX.exec(line) ?? []
    const port = portText === undefined ? null : canonicalPort(portText)
    if (port?.ok && received) return stats.push({ port: port.value, rx: counters(received), tx: noCounters, durationS: null }) > 0
    const sent = TX.exec(line)?.[1]
    if (sent) return amend({ tx: counters(sent) })
    const seconds = /^ +duration=(\d+(?:\.\d+)?)s$/.exec(line)?.[1]
    return seconds !== undefined && amend({ durationS: Number(seconds) })
  })
}

function counters(text: string): PortCounters {
  const value = (name: string) => countOrNull(new RegExp(`\\b${name}=(\\d+)`).exec(text)?.[1])
  return { packets: value('pkts'), bytes: value('bytes'), dropped: value('drop'), errors: value('errs') }
}
