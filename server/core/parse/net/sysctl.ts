// Kernel settings, from `sysctl -a` or from the files below /proc/sys with their names in front:
//
//   net.bridge.bridge-nf-call-iptables = 1        net/ipv4/conf/qbrf4513237-f5/arp_ignore:1
//
// sysctl(8) prints `/` inside a name (a dot of a device name, as in eth0.5) as a slash, and the separator as a dot.

import type { Sysctl } from '../../host/sysctl'
import { failed, notA, parseEach, parsed, type ParseResult, type Parsed } from '../parse-result'

export function parseSysctls(text: string, netns = '', section = 'sysctl'): Parsed<readonly Sysctl[]> {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return parseEach(lines, section, (line) => parseLine(line, netns))
}

const FILE_FORM = /^(?:\/proc\/sys\/)?([a-z][\w.@-]*(?:\/[^/:\s]+)+):(.*)$/
const SYSCTL_FORM = /^([a-z][^\s=]*) = (.*)$/

function parseLine(line: string, netns: string): ParseResult<Sysctl> {
  const file = FILE_FORM.exec(line)
  if (file?.[1] !== undefined) return parsed({ netns, key: file[1], value: (file[2] ?? '').trim() })
  const dotted = SYSCTL_FORM.exec(line)
  if (dotted?.[1] !== undefined) return parsed({ netns, key: swapSeparators(dotted[1]), value: (dotted[2] ?? '').trim() })
  return failed(notA('kernel-setting'), line)
}

const swapSeparators = (name: string): string =>
  [...name].map((character) => (character === '.' ? '/' : character === '/' ? '.' : character)).join('')
