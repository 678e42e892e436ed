// `ovs-appctl dpctl/show [-s]` and `dpif/show` → datapath ports: what the datapath calls a port, and its OpenFlow number.
//
//   netdev@ovs-netdev:                                     netdev@ovs-netdev: hit:38 missed:43
//     lookups: hit:38 missed:43 lost:0                       br-int:
//     port 10: vxlan_sys_4789 (vxlan: packet_type=ptap)        qvof4513237-f5 4/9: (system)

import { countOrNull, takeLines } from '../lines'
import type { Parsed } from '../parse-result'

export interface DatapathPort {
  readonly number: number
  readonly name: string
  /** tap, vxlan, internal; '' is a plain device. */
  readonly type: string
  readonly options: string
  /** Only with -s. */
  readonly rxPackets: number | null
  readonly txPackets: number | null
  readonly txDropped: number | null
}

export interface Datapath {
  readonly name: string
  readonly hit: number | null
  /** Went to ovs-vswitchd. */
  readonly missed: number | null
  /** Never got there: the queue was full. */
  readonly lost: number | null
  readonly flows: number | null
  readonly ports: readonly DatapathPort[]
}

type Draft = { -readonly [K in keyof Datapath]: K extends 'ports' ? DatapathPort[] : Datapath[K] }

const PORT = /^ {2}port (\d+): (\S+)(?: \(([^:)]+)(?:: (.*))?\))?$/
/** Counters of the kernel datapath and of -s that nothing here uses. */
const OTHER_COUNTERS = /^ +(?:masks|cache|caches|collisions|RX bytes|TX bytes)\b.*:/

export function parseDatapathShow(text: string, section = 'dpctl/show'): Parsed<readonly Datapath[]> {
  const datapaths: Draft[] = []
  return takeLines<readonly Datapath[]>(text, section, datapaths, (line) => {
    const heading = /^(\S+@\S+):$/.exec(line)
    if (heading?.[1]) return datapaths.push({ name: heading[1], hit: null, missed: null, lost: null, flows: null, ports: [] }) > 0
    const datapath = datapaths[datapaths.length - 1]
    return datapath !== undefined && takeDatapathLine(datapath, line)
  })
}

function takeDatapathLine(datapath: Draft, line: string): boolean {
  const lookups = /^ {2}lookups: hit:(\d+) missed:(\d+) lost:(\d+)$/.exec(line)
  if (lookups) [datapath.hit, datapath.missed, datapath.lost] = [countOrNull(lookups[1]), countOrNull(lookups[2]), countOrNull(lookups[3])]
  const flows = /^ {2}flows: (\d+)$/.exec(line)
  if (flows) datapath.flows = countOrNull(flows[1])
  const port = PORT.exec(line)
  if (port) {
    const [, number, name = '', type = '', options = ''] = port
    datapath.ports.push({ number: Number(number), name, type, options, rxPackets: null, txPackets: null, txDropped: null })
  }
  return Boolean(lookups ?? flows ?? port) || OTHER_COUNTERS.test(line) || takePortCounters(datapath.ports, line)
}

function takePortCounters(ports: DatapathPort[], line: string): boolean {
  const [, direction, packets, dropped] = /^ {4}(RX|TX) packets:(\d+|\?) errors:\S+ dropped:(\d+|\?) .*$/.exec(line) ?? []
  const port = ports[ports.length - 1]
  if (!port || direction === undefined) return false
  ports[ports.length - 1] =
    direction === 'RX'
      ? { ...port, rxPackets: countOrNull(packets) }
      : { ...port, txPackets: countOrNull(packets), txDropped: countOrNull(dropped) }
  return true
}

export interface DpifPort {
  readonly bridge: string
  readonly name: string
  readonly ofport: number
  /** Null: a patch port, which the datapath never sees. */
  readonly datapathPort: number | null
  readonly type: string
  readonly options: Readonly<Record<string, string>>
}

export function parseDpifShow(text: string, section = 'dpif/show'): Parsed<readonly DpifPort[]> {
  const ports: DpifPort[] = []
  let bridge = ''
  return takeLines<readonly DpifPort[]>(text, section, ports, (line) => {
    if (/^\S+@\S+: hit:\d+ missed:\d+$/.test(line)) return true
    const heading = /^ {2}(\S+):$/.exec(line)
    if (heading?.[1]) return (bridge = heading[1]) !== ''
    const [, name, ofport, number, type, options = ''] = /^ {4}(\S+) (\d+)\/(\d+|none): \(([^:)]+)(?:: (.*))?\)$/.exec(line) ?? []
    if (name === undefined || type === undefined || bridge === '') return false
    return ports.push({ bridge, name, ofport: Number(ofport), datapathPort: countOrNull(number), type, options: optionsOf(options) }) > 0
  })
}

const optionsOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split(', ')
      .filter((option) => option !== '')
      .map((option) => {
        const equals = option.indexOf('=')
        return equals < 0 ? [option, ''] : [option.slice(0, equals), option.slice(equals + 1)]
      }),
  )
