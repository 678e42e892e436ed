// Compares how a packet was wrapped with how it should be. A wrong kind is one mismatch ("untagged instead of 802.1Q
// 120"); within the right kind each part is compared by itself ("tag 121 instead of 120").

import type { ExpectedEncapsulation, Expectation } from './expectation'
import type { HeaderShape, SeenEncapsulation } from './headers'
import { compareValue, type Mismatch, type MismatchField } from './mismatch'

export function compareEncapsulation(shape: HeaderShape, expectation: Expectation): Mismatch[] {
  const { encapsulation: wanted, innerVlanIds = [] } = expectation
  const seen = shape.encapsulation
  if (wanted === 'any') return []
  const innerTag = compareTags('inner-tag', innerVlanIds, shape.innerVlanIds)
  if (wanted === 'untagged' && seen === 'untagged') return innerTag
  if (wanted === 'untagged' || seen === 'untagged' || wanted.kind !== seen.kind) {
    return [{ field: 'encapsulation', expected: wanted, seen }]
  }
  return [...compareSameKind(wanted, seen), ...innerTag]
}

type Wrapped<T> = Exclude<T, string>

function compareSameKind(wanted: Wrapped<ExpectedEncapsulation>, seen: Wrapped<SeenEncapsulation>): Mismatch[] {
  if (wanted.kind === 'dot1q') return seen.kind === 'dot1q' ? compareValue('tag', wanted.vlanId, seen.vlanId) : []
  if (seen.kind === 'dot1q') return []
  const { vni, outerSource = seen.outerSource, outerDestination = seen.outerDestination } = wanted
  return [
    ...compareValue('vni', vni, seen.vni),
    ...compareValue('outer-source', outerSource, seen.outerSource),
    ...compareValue('outer-destination', outerDestination, seen.outerDestination),
    ...compareTags('outer-tag', wanted.outerVlanIds ?? seen.outerVlanIds, seen.outerVlanIds),
  ]
}

function compareTags(field: MismatchField, wanted: readonly number[], seen: readonly number[]): Mismatch[] {
  return compareValue(field, wanted.join('.') || null, seen.join('.') || null)
}
