import { expect, it } from 'vitest'

import { deriveGraph } from './graph'
import { isLaidOutOnServer, layoutOnServer } from './layout-on-server'
import { appliedCloud, cloudChanges, designedCloud, largeCloud } from './specimens'

const graph = deriveGraph(designedCloud, cloudChanges, appliedCloud)

it('has a place for everything that is drawn', async () => {
  const ids = [
    ...graph.hosts.flatMap(({ id, endpoints }) => [id, ...endpoints.map((each) => each.id)]),
    ...graph.networks.map(({ id }) => id),
  ]
  expect(Object.keys(await layoutOnServer(graph)).sort()).toEqual(ids.sort())
})

it('lays a shape out once, whatever its names are', () => {
  const networks = graph.networks.map((each) => ({ ...each, name: `${each.name}, renamed` }))
  expect(layoutOnServer({ ...graph, networks })).toBe(layoutOnServer(graph))
})

it('leaves a large design to the browser, which has a thread for it', () => {
  expect(isLaidOutOnServer(graph)).toBe(true)
  expect(isLaidOutOnServer(deriveGraph(largeCloud(10, 20, 5), [], null))).toBe(false)
})
