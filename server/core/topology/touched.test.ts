import { expect, it } from 'vitest'
import { emptyTopology } from './complete-topology'
import { updatePort } from './kinds/port/port-edits'
import { createProject } from './kinds/project/project-edits'
import { removeVm } from './kinds/vm/vm-edits'
import { makeSample } from './testing/sample'
import { joinTouched, listTouched, MAX_TOUCHED } from './touched'

const { draft, web1 } = makeSample()
const start = draft.topology
const portId = start.vms.find(({ id }) => id === web1)!.portIds[0]!

it('tells ids by kind of what came, changed and went', () => {
  const { id } = draft.make(createProject({ name: 'new' }, draft.ids))
  const group = draft.topology.securityGroups.find(({ projectId }) => projectId === id)!.id
  expect(listTouched(start, draft.topology)).toEqual({ project: [id], securityGroup: [group] })
  const before = draft.topology
  draft.make(updatePort(portId, { name: 'named' }, draft.ids))
  expect(listTouched(before, draft.topology)).toEqual({ port: [portId] })
  draft.make(removeVm(web1, draft.ids))
  expect(listTouched(start, draft.topology)).toEqual({ project: [id], securityGroup: [group], vm: [web1], port: [portId] })
  expect(listTouched(start, start)).toEqual({})
})

it('does not tell more than is worth telling', () => {
  const projects = Array.from({ length: MAX_TOUCHED + 1 }, (_, index) => ({ id: `p${index}`, name: `p${index}` }))
  expect(listTouched(emptyTopology, { ...emptyTopology, projects })).toBe('everything')
  expect(listTouched(emptyTopology, { ...emptyTopology, projects: projects.slice(1) })).toEqual({
    project: projects.slice(1).map(({ id }) => id),
  })
})

it('several edits touched what each of them did', () => {
  expect(joinTouched([])).toEqual({})
  expect(joinTouched([{ project: ['p'] }, { port: ['a'], project: ['p'] }, { port: ['b'] }])).toEqual({ project: ['p'], port: ['a', 'b'] })
  expect(joinTouched([{ project: ['p'] }, 'everything'])).toBe('everything')
  const many = Array.from({ length: MAX_TOUCHED }, (_, index) => `p${index}`)
  expect(joinTouched([{ project: many }, { project: ['another'] }])).toBe('everything')
})
