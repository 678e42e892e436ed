'use client'

import { useToast } from '@/components/ui/Toast'
import { errorAdvice } from '@/components/ui/error-advice'

import { appError } from './app-error'

/** For acts without a form: what failed, and what to do next, as one toast. */
export function useFailureToast(): (act: string) => (error: unknown) => void {
  const { show } = useToast()
  return (act) => (error) => {
    const { message, advice, code } = appError(error)
    show({ status: 'bad', title: `${act}: ${message}`, detail: advice ?? errorAdvice[code] })
  }
}
