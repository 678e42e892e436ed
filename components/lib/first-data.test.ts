import { dehydrate, hydrate, QueryClient } from '@tanstack/react-query'
import { beforeEach, expect, it } from 'vitest'

import type { NewsMark } from '@/server/core/news'

import { keepBrowserTime, noteNews, takeFirstData } from './first-data'

const at = (count: number, source = 'console'): NewsMark => ({ source, count })
const KEY = ['hosts']

let browser: QueryClient
beforeEach(() => {
  browser = new QueryClient()
})

/** What a page brings. */
function pageWith(data: string) {
  const server = new QueryClient()
  server.setQueryData(KEY, data, { updatedAt: 1000 })
  return dehydrate(server)
}

function open(data: string, news: NewsMark) {
  const taken = takeFirstData(browser, pageWith(data), news)
  hydrate(browser, taken.state)
  return taken
}

it('takes what comes with the first page', () => {
  expect(open('first', at(4)).isFirst).toBe(true)
  expect(browser.getQueryData(KEY)).toBe('first')
})

it('never replaces what the browser has', () => {
  browser.setQueryData(KEY, 'own', { updatedAt: 1 })
  open('of the page', at(4))
  expect(browser.getQueryData(KEY)).toBe('own')
})

it('takes what a later page brings, unless something was told since it was read', () => {
  open('first', at(4))
  noteNews(browser, at(7))
  browser.clear()
  open('from before the news', at(6))
  expect(browser.getQueryData(KEY)).toBeUndefined()
  expect(open('as new as the news', at(7)).isFirst).toBe(false)
  expect(browser.getQueryData(KEY)).toBe('as new as the news')
})

it('takes nothing of a console that was started anew, which counts from the beginning', () => {
  noteNews(browser, at(2, 'second'))
  open('of the first', at(400, 'first'))
  expect(browser.getQueryData(KEY)).toBeUndefined()
})

it('has missed nothing at the first connection when nothing was told since the first page was read', () => {
  open('first', at(4))
  open('of the next page', at(5))
  expect(noteNews(browser, at(4))).toEqual({ hasMissed: false })
})

it.each([
  ['something was told between page and connection', at(5)],
  ['the console was started anew', at(4, 'another')],
])('may have missed something when %s', (_, news) => {
  open('first', at(4))
  expect(noteNews(browser, news)).toEqual({ hasMissed: true })
})

it('may have missed something at every further connection, and at one without a page', () => {
  expect(noteNews(browser, at(4))).toEqual({ hasMissed: true })
  expect(noteNews(browser, at(4))).toEqual({ hasMissed: true })
})

it("has the time of an answer in the browser's own, unless it was asked for since", () => {
  const { state } = open('first', at(4))
  const before = Date.now()
  keepBrowserTime(browser, state)
  expect(browser.getQueryState(KEY)?.dataUpdatedAt).toBeGreaterThanOrEqual(before)
  browser.setQueryData(KEY, 'asked', { updatedAt: before + 60_000 })
  keepBrowserTime(browser, state)
  expect(browser.getQueryState(KEY)?.dataUpdatedAt).toBe(before + 60_000)
})
