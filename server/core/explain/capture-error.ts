// Why a capture file could not be read further, in words.

import type { CaptureErrorParams, CaptureFailure } from '../packet/captured-packet'
import { sayCoded, type Messages } from './message'

const blockFault = {
  'byte-order': 'the section has no byte order mark',
  section: 'the section header is too short',
  interface: 'the interface description is too short',
  packet: 'the packet block is too short',
  'simple-packet': 'a simple packet is too short or has no interface',
} as const

const ends = {
  'file-header': 'the capture ends inside its file header',
  packet: 'the capture ends inside a packet',
  block: 'the file ends inside a block',
} as const

const messages: Messages<CaptureErrorParams> = {
  'bad-magic': ({ format }) => `this is not a ${format} file`,
  'wrong-format': () => 'this is pcapng, not pcap',
  'unsupported-version': ({ format, version, known }) => `${format} version ${version} is not known, only version ${known} is`,
  'record-too-long': ({ bytes, than }) =>
    `a packet of ${bytes} bytes ${than === 'block' ? 'does not fit its block' : 'is longer than any capture allows'}`,
  'bad-block': (fault) => (fault.part === 'length' ? `a block cannot be ${fault.bytes} bytes long` : blockFault[fault.part]),
  'unknown-interface': ({ id }) => `a packet names interface ${id}, which is not described`,
  'unexpected-end': (end) => (end.inside === 'body' ? `a block of ${end.bytes} bytes has only ${end.there}` : ends[end.inside]),
}

export const explainCaptureError = (error: CaptureFailure): string => sayCoded(messages, error)
