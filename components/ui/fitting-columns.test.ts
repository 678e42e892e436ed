import { expect, it } from 'vitest'

import { fittingColumns, neededWidth, type ColumnWidth } from './fitting-columns'

interface Named extends ColumnWidth {
  readonly key: string
}

const name: Named = { key: 'name' }
const state: Named = { key: 'state', width: '100px' }
const address: Named = { key: 'address', width: '25%' }
const zone: Named = { key: 'zone', width: '80px', isSecondary: true }
const tunnel: Named = { key: 'tunnel', width: '120px', isSecondary: true }
const columns = [name, state, zone, address, tunnel]

it('reckons with shares of the whole', () =>
  expect([neededWidth([name]), neededWidth([name, state]), neededWidth([name, state, address])]).toEqual([150, 250, 334]))

it.each([
  [null, 'name state zone address tunnel'],
  [601, 'name state zone address tunnel'],
  [599, 'name state zone address'],
  [439, 'name state address'],
  [100, 'name state address'],
])('in %s px: %s', (available, shown) =>
  expect(
    fittingColumns(columns, available)
      .map(({ key }) => key)
      .join(' '),
  ).toBe(shown),
)
