// A reading of some parts of a host laid over an older one of the whole host: what was asked for is as it was read now, whether it came or
// not, and the rest is as it was. Both are laid together before anything is put together of them (host-read.ts), so that what stands
// between two parts, as a veth pair does, is found as in a reading of the whole.
//
// The rest is older than the reading says. Whoever takes one must rest on nothing outside its scope (path/crossed-parts.ts); no plan, no
// way back and no list of leftovers ever sees one.

import type { ReadSections } from './host-read'
import { isAsked, type HostScope } from './host-part'

/** null: bridges or namespaces came or went, so that what was read before is no picture of the rest. */
export function overlay(older: ReadSections, newer: ReadSections, scope: HostScope): ReadSections | null {
  const [before, now] = [placesOf(older), placesOf(newer)]
  if (before === null || now === null || before.join() !== now.join()) return null
  return { ...newer, sections: [...newer.sections, ...older.sections.filter(({ name }) => !isAsked(name, scope))] }
}

/** null: not known. */
function placesOf({ sections }: ReadSections): string[] | null {
  const names = sections.find(({ value }) => value.namespaceNames)?.value.namespaceNames
  const ovsdb = sections.find(({ name }) => name === 'ovsdb')
  if (!names || (ovsdb && !ovsdb.value.ovs)) return null
  return [...names.map((name) => `netns/${name}`), ...(ovsdb?.value.ovs?.bridges ?? []).map(({ name }) => `bridge/${name}`)].sort()
}
