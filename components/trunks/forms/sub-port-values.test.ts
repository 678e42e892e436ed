import { expect, it } from 'vitest'

import { countSubPorts, listIds, newRow, rowErrors, toSubPorts } from './sub-port-values'

it.each([
  ['101', ['101']],
  ['101-103, 7', ['101', '102', '103', '7']],
  ['0', ['0']],
  ['4095', ['4095']],
  ['ten', ['ten']],
  ['9-7', ['9-7']],
  ['', ['']],
])('%j is %j', (text, ids) => expect(listIds(text)).toEqual(ids))

const rows = [
  { ...newRow(0, 'port:p1'), ids: '7' },
  { ...newRow(1, 'network:n1'), ids: '10-12' },
  { ...newRow(2, 'network:n2'), type: 'inherit' as const },
  newRow(3),
]

it('sends one subport per id', () => {
  expect(toSubPorts(rows)).toEqual([
    { portId: 'p1', segmentationType: 'vlan', segmentationId: '7' },
    ...['10', '11', '12'].map((segmentationId) => ({ networkId: 'n1', segmentationType: 'vlan', segmentationId })),
    { networkId: 'n2', segmentationType: 'inherit' },
    { segmentationType: 'vlan', segmentationId: '' },
  ])
  expect(countSubPorts(rows)).toBe(6)
})

it('finds the row and the field that an error is about', () => {
  const issue = (field: string) => ({
    data: { app: { code: 'conflict', message: '', issues: [{ field, rule: 'a-rule', message: 'No.' }] } },
  })
  const place = (field: string) => rows.map((_, at) => rowErrors(issue(field), rows, at))
  const none = { port: null, type: null, ids: null }
  expect(place('subPorts.0.portId')).toEqual([{ ...none, port: 'No. (rule a-rule)' }, none, none, none])
  expect(place('patch.subPorts.3.segmentationId')).toEqual([none, { ...none, ids: '12: No. (rule a-rule)' }, none, none])
  expect(place('subPorts.4.segmentationType')).toEqual([none, none, { ...none, type: 'No. (rule a-rule)' }, none])
  expect(place('subPorts.5')).toEqual([none, none, none, { ...none, ids: 'No. (rule a-rule)' }])
})
