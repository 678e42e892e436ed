// The order of steps, from what each must come after (kinds/kind.ts). Where no edge says which of two comes first, the list of kinds does,
// so that a plan always reads the same.

import { invariant } from '../invariant'
import { EVERYTHING, type StepMaker } from '../kinds/kind'

export function orderSteps(makers: readonly StepMaker[]): readonly StepMaker[] {
  const rest = new Map(makers.map((maker) => [maker.name, maker]))
  invariant(rest.size === makers.length, 'two steps have one name')
  const before = predecessors(makers)
  const ordered: StepMaker[] = []
  while (rest.size > 0) {
    const next = [...rest.values()].find(({ name }) => before(name).every((each) => !rest.has(each)))
    invariant(next, `steps wait for each other: ${[...rest.keys()].join(', ')}`)
    ordered.push(next)
    rest.delete(next.name)
  }
  return ordered
}

function predecessors(makers: readonly StepMaker[]): (name: string) => readonly string[] {
  const names = new Set(makers.map(({ name }) => name))
  const all = new Map(makers.map(({ name, after }) => [name, [...(after.includes(EVERYTHING) ? othersThan(name, makers) : after)]]))
  for (const { name, before = [] } of makers) for (const later of before) (all.get(later) ?? all.set(later, []).get(later)!).push(name)
  for (const name of [...all.keys(), ...[...all.values()].flat()]) invariant(names.has(name), `no kind has a step ${name}`)
  return (name) => all.get(name) ?? []
}

const othersThan = (name: string, makers: readonly StepMaker[]): readonly string[] =>
  makers.filter((maker) => maker.name !== name && !maker.after.includes(EVERYTHING)).map((maker) => maker.name)
