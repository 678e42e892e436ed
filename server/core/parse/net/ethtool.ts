// `ethtool -k` of one device or of all (`-k '*'`) → whether each fills in transmit checksums itself. Such a device hands
// unfinished checksums to the userspace datapath, which drops them (docs/reference/open-vswitch.md).
//
//   Features for qvof4513237-f5:
//   tx-checksumming: off

import type { Unparsed } from '../../host/observation'
import { notA, unparsed, type Parsed } from '../parse-result'

const HEADING = /^Features for (\S+):$/
const CHECKSUM = /^tx-checksumming: (on|off)(?: \[fixed\])?$/
/** Any other feature, indented or not: `\ttx-checksum-ipv4: off [fixed]` */
const OTHER = /^\s*[a-z0-9][\w-]*: (?:on|off)(?: \[.*\])?$/

export function parseTxChecksum(text: string, section = 'ethtool'): Parsed<ReadonlyMap<string, boolean>> {
  const value = new Map<string, boolean>()
  const rest: Unparsed[] = []
  let device: string | null = null
  for (const line of text.split('\n')) {
    const heading = HEADING.exec(line)
    const checksum = CHECKSUM.exec(line)
    if (heading?.[1]) device = heading[1]
    else if (checksum && device !== null) value.set(device, checksum[1] === 'on')
    else if (line.trim() !== '' && !OTHER.test(line)) rest.push(unparsed(section, line, notA('device-feature')))
  }
  return { value, unparsed: rest }
}
