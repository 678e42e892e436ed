// What of a reading is not known, in words.

import type { Coded } from '../finding'
import type { UnknownPart, WhyParams } from '../host/unknown-part'
import { kindOf } from '../kinds/kinds'
import { splitName } from '../parse/sections'
import { sayCoded, type Messages } from './message'
import { explainUnparsed } from './unparsed'
import { joinSome } from './words'

/** Sections that tell several kinds at once; any other is called by its kind. */
const words: ReadonlyMap<string, string> = new Map([
  ...['ip', 'namespace', 'gone'].map((section) => [section, 'devices, addresses and routes'] as const),
  ['ovsdb', 'Open vSwitch bridges and ports'],
])

/** "flows of br-int", "devices, addresses and routes in qdhcp-0b5e…" */
export function nameUnknownPart({ section, kinds, netns, bridge }: UnknownPart): string {
  const what = words.get(splitName(section)[0]) ?? (kinds[0] ? kindOf(kinds[0]).noun : 'parts')
  if (bridge !== undefined) return `${what} of ${bridge}`
  return netns ? `${what} in ${netns}` : what
}

const reasons: Messages<WhyParams> = {
  'libvirt-stopped': ({ guests }) =>
    guests.length === 0 ? 'Libvirt is not running' : `Libvirt is not running, while QEMU runs ${joinSome(guests)}`,
  unread: ({ reason }) => explainUnparsed(reason),
  said: ({ said }) => said,
}

/** A sentence without a full stop. */
export const whyWords = (why: Coded<WhyParams>): string => sayCoded(reasons, why)

/** "flows of br-int (exit code 1)" */
export const explainUnknownPart = (part: UnknownPart): string => `${nameUnknownPart(part)} (${whyWords(part.why)})`

/** By the section of the reading: "flows br-int: exit code 1" */
export const sectionWords = ({ section, why }: UnknownPart): string => `${section}: ${whyWords(why)}`
