// Why a piece of a reading was not understood, in words without a full stop.

import type { Answering, UnparsedParams, UnparsedReason } from '../host/unparsed-params'
import { sayCoded, type Messages } from './message'

const silent: Record<NonNullable<Answering>, string> = {
  openvswitch: 'Open vSwitch does not answer',
  bridge: 'The bridge does not answer',
  libvirt: 'Libvirt does not answer',
}
const failing = (who: Answering): string => (who === null ? 'It could not be read as a whole' : silent[who])

const things: Record<UnparsedParams['not-a']['what'], string> = {
  'known-line': 'a line this parser knows',
  'json-list': 'a JSON list',
  list: 'a list',
  fact: 'a fact',
  lease: 'a lease',
  'dhcp-line': 'a line of a DHCP directory',
  'service-line': 'a line of a service',
  'restore-line': 'a line about the restore unit',
  'iptables-line': 'a line of iptables-save',
  'device-feature': 'a device feature',
  'kernel-setting': 'a kernel setting',
  table: 'a table of headings and rows',
  domain: 'a domain',
}

const kinds: Record<UnparsedParams['is-not']['what'] | UnparsedParams['is-no']['what'], string> = {
  field: 'a field',
  flag: 'a flag here',
  'tunnel-flag': 'a tunnel flag',
  match: 'a match',
  fragment: 'a kind of fragment',
  'packet-type': 'a packet type',
  port: 'a port',
  number: 'a number',
  ipv6: 'an IPv6 address',
  table: 'a table',
  'quoted-port': 'a quoted port name',
  vlan: 'a VLAN id',
}

const messages: Messages<UnparsedParams> = {
  said: ({ said }) => said,
  'not-a': ({ what }) => `Not ${things[what]}`,
  'no-fit': (fit) => ('said' in fit ? `${fit.path || 'value'}: ${fit.said}` : 'Does not fit'),
  'not-json': ({ said }) => `Not JSON: ${said || 'unreadable'}`,
  'not-xml': ({ said }) => `Not XML: ${said || 'unreadable'}`,
  'nested-deeply': () => 'Not JSON of a tool: nested too deeply',
  'long-document': ({ characters }) => `A domain document of ${characters} characters`,
  doctype: () => 'A domain document with a DOCTYPE',
  'memory-unit': () => 'Memory in an unknown unit',
  'namespace-gone': ({ namespace }) => `The namespace is gone, only its name is left: "ip netns del ${namespace}" removes it`,
  unanswered: ({ who, withinS }) => `${failing(who)} ${withinS === null ? 'in time' : `within ${withinS} s`}`,
  'exit-code': ({ who, exitCode, said }) => `${failing(who)}: ${said === '' ? `exit code ${exitCode}` : `${said} (exit code ${exitCode})`}`,
  'flows-not-asked': () => 'The bridge was not asked for its flows',
  'namespace-not-read': () => 'The namespace was not read to its end',
  'ended-early': () => 'The reading ended before its last section',
  'outside-sections': () => 'Text outside of every section',
  'more-alike': ({ count }) => `${count} more like those before`,
  'first-of-many': () => 'a page shows the first of them',
  'unknown-section': () => 'A section that no parser knows',
  'name-characters': () => 'A name with characters that are not passed on',
  'many-flows': ({ bridge, megabytes }) =>
    `${bridge} has more flows than a reading may hold (${megabytes} MB of text for one bridge): they were cut off`,
  'many-set-entries': () => 'Its sets were cut off: they have more entries than a reading may hold',
  'service-without-place': () => 'A service that does not say where it runs',
  'shown-by-another': ({ tool }) => `There are rules that only ${tool} shows`,
  'unknown-list': () => 'A list of something unknown',
  'group-type': () => 'A type of groups that nobody knows',
  'group-watched': () => 'A bucket that watches a group',
  'port-without-row': () => 'A bridge names a port without row or interface',
  'ragged-row': () => 'A row has more or fewer columns than the heading',
  'zone-without-row': () => 'A zone without a row, or of a kind that is not known',

  'is-not': ({ text, what }) => `"${text}" is not ${kinds[what]}`,
  'is-no': ({ text, what }) => `${text} is not ${kinds[what]}`,
  'set-field': ({ field }) => `set_field does not know the field "${field}"`,
  'value-missing': ({ action }) => `"${action}" needs a value`,
  'argument-missing': ({ action }) => `"${action}" needs an argument`,
  'argument-unasked': ({ action }) => `"${action}" takes no argument`,
  'argument-unknown': ({ action, argument }) => `${action} does not know "${argument}"`,
  'many-arguments': ({ action }) => `${action} has too many arguments`,
  'unknown-action': ({ action }) => `Unknown action "${action}"`,
  'unknown-key': ({ key }) => `Unknown key "${key}"`,
  'given-twice': ({ key }) => `"${key}" is given twice`,
  'outside-field': ({ text }) => `"${text}" reaches outside the field`,
  'no-actions': () => 'The flow has no actions',
  'long-flow': ({ characters }) => `A flow of ${characters} characters is too long`,
  'long-text': ({ characters }) => `Text of ${characters} characters is too long for a flow`,
  'no-sense': () => 'Cannot make sense of this text',
  'open-quote': () => 'A quoted name is not closed',
  'many-brackets': () => 'Brackets are nested too deeply',
  'stray-bracket': () => 'A bracket is closed that was never opened',
  'open-bracket': () => 'A bracket is not closed',
  'many-bits': ({ text, bits }) => `${text} does not fit in ${bits} bits`,
  'long-prefix': ({ length }) => `/${length} is longer than the address`,
}

export const explainUnparsed = (reason: UnparsedReason): string => sayCoded(messages, reason)

/** What the host printed; where it was cut (parse/parse-result.ts) it says how long it was. */
export const unparsedText = (text: string): string => text.replace(/… \[(\d+)\]$/, '… ($1 characters)')
