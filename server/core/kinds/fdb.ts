// Entries of VXLAN devices: ours when they are static and on a device of ours. What the device learned comes and goes.

import { plural } from '../explain/words'
import { changeCommand } from '../commands/command'
import type { HostDiff } from '../diff/kind-diff'
import { fdbKey, FLOOD_MAC, type FdbEntry } from '../host/fdb'
import { linkKey } from '../host/link'
import { batchStep, type StepDraft } from '../render/step-draft'
import { wantedOf, type Kind } from './kind'
import { linesToDo, ofLeftAlone, type LineGuard } from './restore-guard'

/** An entry with many destinations is appended to, and must not be appended twice. */
const ENTRIES: LineGuard = {
  name: 'entries',
  have: 'bridge fdb show',
  learn: 'entered[$1, $3, $5]',
  done: '($3, $5, $7) in entered { next }',
}

export const fdbKind: Kind<FdbEntry> = {
  heading: 'VXLAN forwarding entries',
  noun: 'forwarding entries of VXLAN devices',
  key: fdbKey,
  label: ({ link, macAddress, destination }) => `FDB entry ${link} ${macAddress === FLOOD_MAC ? 'flood' : macAddress} → ${destination}`,
  isOurs: ({ link, isStatic, unmodelled }, scope) => isStatic && !unmodelled && scope.links.has(linkKey({ netns: '', name: link })),
  compare: (desired, observed) =>
    desired.isStatic === observed.isStatic ? [] : [{ field: 'static', from: String(observed.isStatic), to: String(desired.isStatic) }],
  sections: [{ name: 'fdb', mayBeIdle: true }],
  steps: [
    {
      name: 'fdb.set',
      // By these entries frames come in from other hosts: the bridges behind them have learned to keep quiet by then.
      after: ['links.add', 'sysctls.set'],
      render: setEntries,
      restore: {
        script: linesToDo([ofLeftAlone('$5 in left'), ENTRIES]),
        program: ([bridge = '', ...rest]) => [bridge, '-force', ...rest],
      },
    },
  ],
  probes: [['VXLAN entry', 'bridge fdb show | grep " dst " | grep permanent']],
}

/** One `bridge -batch`: what goes before what comes, since `replace` takes over a MAC whose VTEP changed. */
function setEntries({ fdb, links }: HostDiff): StepDraft[] {
  const goneLinks = new Set(links.removed.map(linkKey))
  const gone = fdb.removed.filter(({ link }) => !goneLinks.has(linkKey({ netns: '', name: link })))
  // All zeros, the flood list, has many destinations and is appended to.
  const lines = [
    ...gone.map((entry) => line('del', entry)),
    ...wantedOf(fdb).map((entry) => line(entry.macAddress === FLOOD_MAC ? 'append' : 'replace', entry)),
  ]
  return batchStep(
    `VXLAN forwarding: ${plural(lines.length, 'change')}`,
    'Each known MAC is sent to its own host, broadcasts to the hosts that have a port.',
    lines,
    (stdin) => changeCommand(['bridge', '-batch', '-'], { stdin }),
  )
}

const line = (verb: string, { link, macAddress, destination }: FdbEntry): string =>
  `fdb ${verb} ${macAddress} dev ${link} dst ${destination} self permanent`
