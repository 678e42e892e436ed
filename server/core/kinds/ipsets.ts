// Sets of addresses, ours by the beginning of their name. A set is there before the rule that looks into it and goes after it. What is new or
// asks for other limits is filled under another name and swapped in, so that no packet ever meets a set half filled; single members come and go by
// themselves. One `ipset restore` per namespace, all namespaces but the root's in one step.

import { plural } from '../explain/words'
import { changeCommand } from '../commands/command'
import { compareFields } from '../diff/compare-fields'
import type { Changed, HostDiff } from '../diff/kind-diff'
import { groupBy } from '../group-by'
import { ipsetKey, isOurSet, SETS_GROUP, type Ipset } from '../host/ipset'
import type { FieldChange } from '../plan/change'
import { inEachNamespace, nameNamespaces, type NamespaceInput } from '../render/side-by-side'
import { batchStep, type StepDraft } from '../render/step-draft'
import { inNamespaces, whereIn, type Kind } from './kind'

export const ipsetKind: Kind<Ipset> = {
  heading: 'Sets of addresses',
  noun: 'sets of addresses',
  key: ipsetKey,
  label: ({ netns, name }) => `ipset ${name}${whereIn(netns)}`,
  isOurs: isOurSet,
  compare: (desired, observed) => [
    ...compareFields([
      ['type', desired.type, observed.type],
      ['family', desired.addressFamily, observed.addressFamily],
      ['maxelem', desired.maxElements, observed.maxElements],
      ['options', desired.unmodelled?.join(' ') ?? null, observed.unmodelled?.join(' ')],
    ]),
    ...compareEntries(desired, observed),
  ],
  sections: [{ name: 'ipset', of: 'netns', mayBeIdle: true }, ...inNamespaces('ip')],
  steps: [
    {
      name: 'ipsets.set',
      // The batch of the namespace has said before that there may be some.
      after: ['links.inside'],
      before: ['iptables.write'],
      render: setSets,
      restore: 'repeatable',
    },
    {
      name: 'ipsets.remove',
      // The kernel keeps a set that a rule looks into.
      after: ['iptables.write'],
      render: removeSets,
      restore: 'never',
    },
  ],
  ip: {
    set: (sets) => (sets.some(({ netns }) => netns !== '') ? [`link set dev lo group ${SETS_GROUP}`] : []),
    remove: () => [],
    restore: 'repeatable',
  },
  probes: [['ipset', 'ipset list -name']],
}

function compareEntries(desired: Ipset, observed: Ipset): FieldChange[] {
  const { come, go } = turnover(desired, observed)
  return come.length + go.length === 0 ? [] : [{ field: 'entries', from: printSome(go), to: printSome(come) }]
}

const turnover = (desired: Ipset, observed: Ipset) => {
  const [want, have] = [new Set(desired.entries.map(asPrinted)), new Set(observed.entries.map(asPrinted))]
  return { come: [...want].filter((each) => !have.has(each)), go: [...have].filter((each) => !want.has(each)) }
}

/** A host has no prefix length. */
const asPrinted = (entry: string): string => entry.replace(/^([\d.]+)\/32(?=$|[, ])|^([\da-f:]+)\/128(?=$|[, ])/, '$1$2')

/** A set may have tens of thousands, and a plan is read by people. */
const MAX_PRINTED = 20
const printSome = (entries: readonly string[]): string | null =>
  entries.length === 0
    ? null
    : entries.length <= MAX_PRINTED
      ? entries.join(', ')
      : `${entries.slice(0, MAX_PRINTED).join(', ')} and ${entries.length - MAX_PRINTED} more`

function setSets({ ipsets }: HostDiff): StepDraft[] {
  const reason = 'Before the rules that look into them.'
  return steps(
    [
      ...ipsets.added.map((set) => ({ set, lines: [...filled(draftOf(set)), create(set), ...swappedIn(set)] })),
      ...ipsets.changed.map((change) => ({ set: change.to, lines: changeLines(change) })),
    ],
    (what) => `Sets of addresses: ${what}`,
    reason,
  )
}

/** What is in a namespace that goes, goes with it. */
function removeSets({ ipsets, namespaces }: HostDiff): StepDraft[] {
  const going = new Set(namespaces.removed.map(({ name }) => name))
  const removed = ipsets.removed.filter(({ netns }) => !going.has(netns))
  return steps(
    removed.map((set) => ({ set, lines: [`destroy ${set.name}`] })),
    (what) => `Remove sets of addresses: ${what}`,
    'No rule looks into them any more.',
  )
}

function changeLines({ from, to, fields }: Changed<Ipset>): readonly string[] {
  const names = new Set(fields.map(({ field }) => field))
  // Sets of different kinds cannot be swapped; one that a rule looks into the kernel keeps, and says so.
  if (names.has('type') || names.has('family')) return [`destroy ${to.name}`, ...filled(to)]
  const { come, go } = turnover(to, from)
  // Options of a member are not told apart, and room for what comes may be made only by what goes.
  const isInPlace =
    names.size === 1 &&
    names.has('entries') &&
    !come.some((each) => go.some((other) => member(other) === member(each))) &&
    from.entries.length + come.length <= (to.maxElements ?? DEFAULT_MAX)
  return isInPlace
    ? [...come.map((each) => `add ${to.name} ${each}`), ...go.map((each) => `del ${to.name} ${member(each)}`)]
    : [...filled(draftOf(to)), ...swappedIn(to)]
}

const DEFAULT_MAX = 65_536
const member = (entry: string): string => entry.split(' ')[0] ?? entry
const draftOf = (set: Ipset): Ipset => ({ ...set, name: `${set.name}-n` })

const create = ({ name, type, addressFamily: family, maxElements }: Ipset): string =>
  `create ${name} ${type}${family ? ` family ${family}` : ''}${maxElements === undefined ? '' : ` maxelem ${maxElements}`}`

/** Emptied, for a draft may be left from a run that died. */
const filled = (set: Ipset): string[] => [
  create(set),
  `flush ${set.name}`,
  ...set.entries.map((entry) => `add ${set.name} ${asPrinted(entry)}`),
]

const swappedIn = (set: Ipset): string[] => [`swap ${draftOf(set).name} ${set.name}`, `destroy ${draftOf(set).name}`]

/** What is there already is no failure. */
const RESTORE = ['ipset', 'restore', '-exist']

function steps(
  work: readonly { readonly set: Ipset; readonly lines: readonly string[] }[],
  title: (what: string) => string,
  reason: string,
): StepDraft[] {
  const inputs: NamespaceInput[] = [...groupBy(work, ({ set }) => set.netns)].map(([netns, here]) => ({
    netns,
    lines: here.flatMap(({ lines }) => lines),
  }))
  const [here, inside] = [inputs.filter(({ netns }) => netns === ''), inputs.filter(({ netns }) => netns !== '')]
  const count = (netns: (place: string) => boolean) => plural(work.filter(({ set }) => netns(set.netns)).length, 'set')
  return [
    ...here.flatMap(({ lines }) =>
      batchStep(title(count((place) => place === '')), reason, lines, (stdin) => changeCommand(RESTORE, { stdin })),
    ),
    ...(inside.length === 0
      ? []
      : [
          {
            title: title(`${count((place) => place !== '')} in ${nameNamespaces(inside)}`),
            reason,
            command: inEachNamespace(RESTORE, inside),
          },
        ]),
  ]
}
