// Two processes on one database, as two stores with a hub each.

import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { accepted } from '@/server/core/topology/edit'
import { systemClock } from '../clock'
import { type AppEvent, createEventHub } from '../events'
import { systemIds } from '../ids'
import { createStore } from './create-store'
import type { OthersWatch, Store } from './store'
import { openTempStore, type TempStore } from './testing/temp-store'

const LOOK_MS = 5

let temp: TempStore
let here: Store
let there: Store
let watch: OthersWatch
let heard: AppEvent['type'][]
const stop = new AbortController()

beforeEach(async () => {
  temp = await openTempStore()
  const hubs = [createEventHub(), createEventHub()] as const
  const open = (events: (typeof hubs)[number]) =>
    createStore({ dataDirectory: temp.dataDirectory, events, clock: systemClock, ids: systemIds, logger: temp.logger })
  ;[here, there] = [open(hubs[0]), open(hubs[1])]
  heard = []
  void listen(hubs[0].subscribe(['elsewhere'], stop.signal))
  watch = here.watchOthers(LOOK_MS)
  await looked()
})
afterEach(async () => {
  watch.close()
  await Promise.all([here.close(), there.close()])
  await temp.remove()
})

async function listen(events: AsyncIterable<AppEvent>): Promise<void> {
  for await (const { type } of events) heard.push(type)
}

/** Long enough for several looks; what is waited for comes sooner. */
const looked = () => sleep(40 * LOOK_MS)

async function hears(work: () => Promise<unknown>): Promise<void> {
  heard.length = 0
  await work()
  while (heard.length === 0) await sleep(LOOK_MS)
}

const project = (id: string) => ({ id, name: id, description: '' })
const addProject = (store: Store, id: string) =>
  store.edit((topology) => accepted({ ...topology, projects: [...topology.projects, project(id)] }, null))

it('tells what another process does to the design and about hosts, once', async () => {
  await hears(() => addProject(there, 'theirs'))
  await hears(() => there.queue.enqueue({ id: 'a', kind: 'read', actor: 'ada', hostIds: [] }))
  await hears(() => there.queue.release('a', 'succeeded'))
  await looked()
  expect(heard).toEqual(['elsewhere'])
})

it('is quiet about what this process does, and not about what another did between', async () => {
  await here.queue.enqueue({ id: 'b', kind: 'read', actor: 'ada', hostIds: [] })
  await looked()
  expect(heard).toEqual([])
  await hears(async () => {
    await addProject(here, 'ours')
    await addProject(there, 'theirs')
    await addProject(here, 'ours again')
  })
  expect((await here.loadTopology()).projects).toHaveLength(3)
})
