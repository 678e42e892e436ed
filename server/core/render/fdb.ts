// Entries of VXLAN devices as one `bridge -batch`: what goes before what comes, since `replace` takes over a MAC whose VTEP changed.
// All zeros, the flood list, has many destinations and is appended to.

import { changeCommand } from '../commands/command'
import type { HostDiff } from '../diff/host-diff'
import { FLOOD_MAC, type FdbEntry } from '../host/fdb'
import { linkKey } from '../host/link'
import { batchStep, plural, type StepDraft } from './step-draft'

export function renderFdb(diff: HostDiff): StepDraft[] {
  const goneLinks = new Set(diff.links.removed.map(linkKey))
  const gone = diff.fdb.removed.filter(({ link }) => !goneLinks.has(linkKey({ netns: '', name: link })))
  const wanted = [...diff.fdb.added, ...diff.fdb.changed.map(({ to }) => to)]
  const lines = [...gone.map((entry) => line('del', entry)), ...wanted.map((entry) => line(entry.macAddress === FLOOD_MAC ? 'append' : 'replace', entry))]
  return batchStep(`VXLAN forwarding: ${plural(lines.length, 'change')}`, 'Each known MAC is sent to its own host, broadcasts to the hosts that have a port.', lines, (stdin) =>
    changeCommand(['bridge', '-batch', '-'], { stdin }),
  )
}

const line = (verb: string, { link, macAddress, destination }: FdbEntry): string => `fdb ${verb} ${macAddress} dev ${link} dst ${destination} self permanent`
